// Records a large execution trace of itself: goroutines that hand work to one another over channels, in regions and tasks.
// Usage: go run main.go FILE ROUNDS
package main

import (
	"context"
	"log"
	"os"
	"runtime/trace"
	"strconv"
	"sync"
)

const pairs = 16

func main() {
	rounds, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	file, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := trace.Start(file); err != nil {
		log.Fatal(err)
	}
	var all sync.WaitGroup
	for pair := 0; pair < pairs; pair++ {
		questions, answers := make(chan int), make(chan int)
		all.Add(2)
		go ask(&all, questions, answers, rounds/pairs)
		go answer(&all, questions, answers)
	}
	all.Wait()
	trace.Stop()
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
}

func ask(all *sync.WaitGroup, questions chan<- int, answers <-chan int, rounds int) {
	defer all.Done()
	ctx, task := trace.NewTask(context.Background(), "ask")
	defer task.End()
	for round := 0; round < rounds; round++ {
		if round%64 == 0 {
			trace.WithRegion(ctx, "round", func() { exchange(questions, answers, round) })
		} else {
			exchange(questions, answers, round)
		}
	}
	close(questions)
}

func exchange(questions chan<- int, answers <-chan int, round int) {
	questions <- round
	if <-answers != work(round) {
		log.Fatal("a wrong answer")
	}
}

func answer(all *sync.WaitGroup, questions <-chan int, answers chan<- int) {
	defer all.Done()
	for question := range questions {
		answers <- work(question)
	}
}

func work(question int) int {
	for i := 0; i < 200; i++ {
		question = question*31 + i
	}
	return question
}
