// A small program to record: goroutines whose recursion grows their stacks, and a loop that only burns CPU.
package main

import "sync"

type node struct{ left, right *node }

//go:noinline
func (n *node) depth(pad [256]byte) int {
	if n == nil {
		return int(pad[0])
	}
	pad[0]++
	return 1 + max(n.left.depth(pad), n.right.depth(pad))
}

func build(depth int) *node {
	if depth == 0 {
		return nil
	}
	return &node{build(depth - 1), build(depth - 1)}
}

//go:noinline
func spin[T int | uint8](n int) (sum T) {
	for i := range n {
		sum += T(i) ^ sum
	}
	return sum
}

func main() {
	tree := build(10)
	var done sync.WaitGroup
	for range 12 {
		done.Go(func() {
			tree.depth([256]byte{})
			spin[int](3_000_000)
			spin[uint8](3_000_000)
		})
	}
	done.Wait()
}
