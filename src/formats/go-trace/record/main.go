// Command demo does, for some milliseconds, what a trace can tell of, and records itself:
//
//	demo KIND FILE
//
// KIND: plain (channels, a mutex, sleeps, syscalls, GC), generations (that for longer), tasks (also user tasks, regions, logs),
// cpu (also CPU samples), stacks (recursion that grows stacks, and a GC that shrinks them; to be run with
// GODEBUG=traceallocfree=1), flight (a snapshot of the flight recorder, Go 1.25 and later).
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"runtime/trace"
	"sync"
	"time"
)

var kept [][]byte

func main() {
	kind := os.Args[1]
	file, err := os.Create(os.Args[2])
	check(err)
	// One that lives through the whole trace without a word, as many do.
	forever := make(chan struct{})
	go func() { <-forever }()
	switch kind {
	case "flight":
		check(fly(file, work))
	case "cpu":
		check(pprof.StartCPUProfile(io.Discard))
		check(trace.Start(file))
		work()
		collect()
		burn(100 * time.Millisecond)
		trace.Stop()
		pprof.StopCPUProfile()
	default:
		check(trace.Start(file))
		switch kind {
		case "tasks":
			tasks()
		case "stacks":
			stacks()
		case "generations":
			for range 4 {
				work()
				time.Sleep(10 * time.Millisecond)
			}
		default:
			work()
			collect()
		}
		trace.Stop()
	}
	check(file.Close())
}

// work passes values through channels, fights for a mutex, sleeps and reads a pipe.
func work() {
	var group sync.WaitGroup
	numbers := make(chan int)
	group.Add(3)
	go func() {
		defer group.Done()
		defer close(numbers)
		for i := range 30 {
			numbers <- i
		}
	}()
	var mutex sync.Mutex
	sum := 0
	for range 2 {
		go func() {
			defer group.Done()
			for n := range numbers {
				mutex.Lock()
				sum += n
				kept = append(kept, make([]byte, 16<<10))
				mutex.Unlock()
			}
		}()
	}
	group.Wait()
	readPipe()
	time.Sleep(time.Millisecond)
	runtime.Gosched()
	fmt.Fprintln(io.Discard, sum)
}

// readPipe blocks in the network poller and in syscalls.
func readPipe() {
	reader, writer, err := os.Pipe()
	check(err)
	go func() {
		for range 3 {
			time.Sleep(200 * time.Microsecond)
			writer.Write([]byte("x"))
		}
		writer.Close()
	}()
	io.Copy(io.Discard, reader)
	reader.Close()
}

// collect makes garbage until it was collected three times. (runtime.GC would fill the trace: it yields
// thousands of times.)
func collect() {
	for range 240 {
		kept = [][]byte{make([]byte, 64<<10)}
	}
}

func tasks() {
	ctx, outer := trace.NewTask(context.Background(), "outer")
	var group sync.WaitGroup
	for i := range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			inner, task := trace.NewTask(ctx, fmt.Sprintf("inner %d", i))
			defer task.End()
			trace.WithRegion(inner, "region", func() {
				trace.Log(inner, "category", "a \"quoted\" message\n")
				trace.WithRegion(inner, "nested, größer", func() { time.Sleep(100 * time.Microsecond) })
			})
		}()
	}
	group.Wait()
	defer trace.StartRegion(ctx, "open at the end").End()
	outer.End()
	work()
}

// stacks grows stacks step by step in some goroutines, keeps two of them waiting while small, and collects.
func stacks() {
	var group sync.WaitGroup
	release := make(chan struct{})
	for i := range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			grow(64 << i)
			<-release
		}()
	}
	time.Sleep(2 * time.Millisecond)
	collect()
	close(release)
	group.Wait()
	for range 3 {
		group.Add(1)
		go func() {
			defer group.Done()
			grow(40)
		}()
	}
	group.Wait()
}

//go:noinline
func grow(depth int) byte {
	var frame [128]byte
	if depth > 0 {
		frame[depth%len(frame)] = grow(depth - 1)
	}
	return frame[depth%len(frame)] + 1
}

func burn(length time.Duration) {
	var group sync.WaitGroup
	for range 2 {
		group.Add(1)
		go func() {
			defer group.Done()
			x := 1
			for end := time.Now().Add(length); time.Now().Before(end); {
				for i := range 1000 {
					x = x*31 + i
				}
			}
			fmt.Fprintln(io.Discard, x)
		}()
	}
	group.Wait()
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
