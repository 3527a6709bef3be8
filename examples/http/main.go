// An HTTP service under load from within: threads of comments, each an answer to the one before, sent as JSON.
//
// What Morestack shows: encoding/json calls itself once a level, so the stack of a connection's goroutine
// (net/http.(*conn).serve) follows the depth of the data, and every new connection climbs anew. Each request is
// a task with the regions "load" and "encode": brush the time of one "encode" and read who grows in it.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"runtime/trace"
	"strconv"
	"sync"
)

type comment struct {
	Author  string   `json:"author"`
	Text    string   `json:"text"`
	Replies *comment `json:"replies,omitempty"`
}

// store holds threads by depth, each the replies of the next, as a cache in front of a database would.
type store []*comment

func newStore(depth int) store {
	threads := store{nil}
	for i := range depth {
		threads = append(threads, &comment{"reader " + strconv.Itoa(i%7), "I do not agree.", threads[i]})
	}
	return threads
}

func (s store) comments(w http.ResponseWriter, r *http.Request) {
	ctx, task := trace.NewTask(r.Context(), "comments")
	defer task.End()
	depth, err := strconv.Atoi(r.FormValue("depth"))
	if err != nil || depth < 0 || depth >= len(s) {
		http.Error(w, "no such depth", http.StatusBadRequest)
		return
	}
	trace.Log(ctx, "depth", strconv.Itoa(depth))
	var thread *comment
	trace.WithRegion(ctx, "load", func() { thread = s[depth] })
	trace.WithRegion(ctx, "encode", func() { err = json.NewEncoder(w).Encode(thread) })
	if err != nil {
		trace.Log(ctx, "error", err.Error())
	}
}

// visitor asks for threads of different depths, each over a connection of its own.
func visitor(id, requests int, address string, done *sync.WaitGroup) {
	defer done.Done()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for i := range requests {
		ctx, task := trace.NewTask(context.Background(), "visit")
		depth := 16 << ((id + i) % 7)
		request, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("http://%s/comments?depth=%d", address, depth), nil)
		if err != nil {
			log.Fatal(err)
		}
		answer, err := client.Do(request)
		if err != nil {
			log.Fatal(err)
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
		task.End()
	}
}

func main() {
	out := flag.String("trace", "trace.out", "where the execution trace goes")
	requests := flag.Int("requests", 36, "how many requests each of 16 visitors makes")
	flag.Parse()
	file, err := os.Create(*out)
	if err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	if err := trace.Start(file); err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("GET /comments", newStore(1025).comments)
	go http.Serve(listener, nil)
	var visitors sync.WaitGroup
	for id := range 16 {
		visitors.Add(1)
		go visitor(id, *requests, listener.Addr().String(), &visitors)
	}
	visitors.Wait()
	trace.Stop()
	fmt.Println(16*(*requests), "requests answered")
}
