// Recursion that grows: three passes over expression trees that lean to one side, as a parser builds them
// from a long a + b + c + …, so the depth of the recursion is the length of the text.
//
// What Morestack shows: each pass climbs 4K, 8K, 16K … to 128K, 256K or 4M, all by the same frame (main.evaluate,
// main.(*printer).print, main.check). Between two trees a pass waits, the collector halves its stack, and the
// next tree grows it again: steps up and down on one lane. Among the samples are a few preemptions, which look
// like growth (runtime.newstack is on the chain) and are not counted as such. The cure is a loop over an own list
// of pending nodes, or a limit on depth.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"runtime/debug"
	"runtime/trace"
	"strconv"
	"sync"
)

// node is a leaf with a value, or the sum of two nodes.
type node struct {
	left, right *node
	value       int
}

// sums holds the trees of 1, 1 + 2, 1 + 2 + 3 and so on; each is the left side of the next.
func sums(terms int) []*node {
	trees := []*node{{value: 1}}
	for i := 2; i <= terms; i++ {
		trees = append(trees, &node{left: trees[i-2], right: &node{value: i}})
	}
	return trees
}

func evaluate(n *node) int {
	if n.left == nil {
		return n.value
	}
	return evaluate(n.left) + evaluate(n.right)
}

type printer struct{ text []byte }

func (p *printer) print(n *node) {
	if n.left == nil {
		p.text = strconv.AppendInt(p.text, int64(n.value), 10)
		return
	}
	p.print(n.left)
	p.text = append(p.text, " + "...)
	p.print(n.right)
}

// check carries a copy of its findings from frame to frame: a wide frame reaches the same size at a tenth of the depth.
func check(n *node, seen [32]int) [32]int {
	if n.left == nil {
		seen[n.value%len(seen)]++
		return seen
	}
	return check(n.right, check(n.left, seen))
}

// The passes are the start functions of their goroutines: the growth table has a row for each.

func evaluator(trees <-chan *node, done *sync.WaitGroup) {
	for tree := range trees {
		evaluate(tree)
		done.Done()
	}
}

func formatter(trees <-chan *node, done *sync.WaitGroup) {
	for tree := range trees {
		new(printer).print(tree)
		done.Done()
	}
}

func checker(trees <-chan *node, done *sync.WaitGroup) {
	for tree := range trees {
		check(tree, [32]int{})
		done.Done()
	}
}

func main() {
	out := flag.String("trace", "trace.out", "where the execution trace goes")
	rounds := flag.Int("rounds", 60, "how many trees each pass gets")
	flag.Parse()
	debug.SetGCPercent(25) // the collector comes as often as it would in a larger program
	trees := sums(4000)
	file, err := os.Create(*out)
	if err != nil {
		log.Fatal(err)
	}
	if err := trace.Start(file); err != nil {
		log.Fatal(err)
	}
	var done sync.WaitGroup
	passes := make([]chan *node, 24)
	for i := range passes {
		passes[i] = make(chan *node)
		switch i % 3 {
		case 0:
			go evaluator(passes[i], &done)
		case 1:
			go formatter(passes[i], &done)
		case 2:
			go checker(passes[i], &done)
		}
	}
	for round := range *rounds {
		for i, work := range passes {
			done.Add(1)
			work <- trees[400+(round*997+i*331)%3600]
		}
		done.Wait()
	}
	trace.Stop()
	fmt.Println(len(passes), "passes walked", *rounds, "trees each")
}
