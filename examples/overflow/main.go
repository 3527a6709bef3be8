// An overflow: names that stand for other names, and two that stand for each other. The program dies, exit 2:
// "goroutine stack exceeds 67108864-byte limit".
//
// Go writes a trace about once a second, so a trace that is open when it dies lacks the end, or all but its header.
// Here a flight recorder keeps the last seconds in memory, and a watchdog writes them out when stacks take more than
// they should; perf outlives the program.
// What Morestack shows: in the trace, one goroutine among many (start function main.lookup) that doubles without end,
// up to the moment of the snapshot; in the samples beyond it the last doublings, and the overflow itself:
// runtime.throw under runtime.newstack. perf keeps 127 frames of a chain, so these have no root: they are marked cut.
package main

import (
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"runtime/trace"
	"sync"
	"time"
)

// aliases says what a name stands for; a name that is not in it stands for itself.
type aliases map[string]string

// resolve trusts that there is no circle.
func (a aliases) resolve(name string, path uint64) (string, uint64) {
	next, ok := a[name]
	if !ok {
		return name, path
	}
	key := sha256.Sum256([]byte(name)) // who asked for what, for the log
	last, end := a.resolve(next, path^binary.LittleEndian.Uint64(key[:]))
	return last, end ^ path
}

func lookup(a aliases, name string, done *sync.WaitGroup) {
	a.resolve(name, 0)
	done.Done()
}

// watch writes what the flight recorder holds once stacks take more than limit bytes.
func watch(recorder *trace.FlightRecorder, out string, limit uint64) {
	stacks := []metrics.Sample{{Name: "/memory/classes/heap/stacks:bytes"}}
	for range time.Tick(time.Millisecond) {
		if metrics.Read(stacks); stacks[0].Value.Uint64() < limit {
			continue
		}
		file, err := os.Create(out)
		if err != nil {
			log.Fatal(err)
		}
		if _, err := recorder.WriteTo(file); err != nil {
			log.Fatal(err)
		}
		file.Close()
		return
	}
}

func main() {
	out := flag.String("trace", "trace.out", "where the flight recorder's snapshot goes")
	flag.Parse()
	debug.SetMaxStack(64 << 20)
	recorder := trace.NewFlightRecorder(trace.FlightRecorderConfig{})
	if err := recorder.Start(); err != nil {
		log.Fatal(err)
	}
	go watch(recorder, *out, 8<<20)

	names := aliases{"master": "main", "main": "trunk", "trunk": "master"}
	for i := range 400 {
		names[fmt.Sprint("release-", i)] = fmt.Sprint("release-", i+1)
	}
	for i := range 1000 {
		var done sync.WaitGroup
		done.Add(1)
		if name := fmt.Sprint("release-", i*17%400); i < 990 {
			go lookup(names, name, &done)
		} else {
			go lookup(names, "master", &done)
		}
		done.Wait()
	}
}
