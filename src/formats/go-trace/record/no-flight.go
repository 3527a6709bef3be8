//go:build !go1.25

package main

import (
	"errors"
	"io"
)

func fly(io.Writer, func()) error {
	return errors.New("runtime/trace has a flight recorder since Go 1.25")
}
