// Goroutine churn that regrows: one goroutine a request, each through four layers with a buffer on the stack.
//
// What Morestack shows: thousands of goroutines with the same start function (main.serve), each of which climbs
// 2K, 4K, 8K, 16K, 32K on its own and dies: the stack that was paid for is thrown away with the goroutine.
// No single one stands out on the time line; in the growth table main.serve has nearly all growths. Run it with
// -pool: the same requests on workers that live on, and each pays for its ladder once.
package main

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/trace"
	"strconv"
)

type request struct {
	id     int
	stored <-chan struct{} // closed when the disk has room: until then the request waits, with all its stack
	answer chan<- [sha256.Size]byte
}

// The layers are kept apart as a real program's would be, in packages of their own and behind interfaces.

//go:noinline
func logged(r request) [sha256.Size]byte {
	var line [1200]byte
	n := copy(line[:], "request ")
	strconv.AppendInt(line[n:n], int64(r.id), 10)
	sum := authorized(r)
	copy(line[64:], sum[:])
	return sha256.Sum256(line[:128])
}

//go:noinline
func authorized(r request) [sha256.Size]byte {
	var token [3000]byte
	strconv.AppendInt(token[:0], int64(r.id)*7919, 36)
	key := sha256.Sum256(token[:256])
	page := rendered(r, key)
	copy(token[256:], page[:])
	return sha256.Sum256(token[:512])
}

//go:noinline
func rendered(r request, key [sha256.Size]byte) [sha256.Size]byte {
	var page [6000]byte
	text := page[:0]
	for len(text)+20 < cap(text) {
		text = strconv.AppendInt(append(text, ' '), int64(r.id*len(text)), 10)
	}
	return compressed(page[:], key, r.stored)
}

//go:noinline
func compressed(page []byte, key [sha256.Size]byte, stored <-chan struct{}) [sha256.Size]byte {
	var window [14000]byte
	for i, b := range page {
		window[(i*2+int(key[i%len(key)]))%len(window)] ^= b
	}
	<-stored
	return sha256.Sum256(window[:])
}

// serve is the goroutine of one request.
func serve(r request) {
	r.answer <- logged(r)
}

// worker lives on and serves one request after the other.
func worker(requests <-chan request) {
	for r := range requests {
		r.answer <- logged(r)
	}
}

func main() {
	out := flag.String("trace", "trace.out", "where the execution trace goes")
	waves := flag.Int("waves", 36, "how many waves of 200 requests come")
	pool := flag.Bool("pool", false, "serve them by workers that live on")
	flag.Parse()
	file, err := os.Create(*out)
	if err != nil {
		log.Fatal(err)
	}
	if err := trace.Start(file); err != nil {
		log.Fatal(err)
	}
	requests, answers := make(chan request), make(chan [sha256.Size]byte)
	if *pool {
		for range 200 {
			go worker(requests)
		}
	}
	for wave := range *waves {
		stored := make(chan struct{})
		for id := range 200 {
			if r := (request{wave*200 + id, stored, answers}); *pool {
				requests <- r
			} else {
				go serve(r)
			}
		}
		close(stored)
		for range 200 {
			<-answers
		}
	}
	trace.Stop()
	fmt.Println(*waves*200, "requests served")
}
