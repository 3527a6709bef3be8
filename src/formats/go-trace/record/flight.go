//go:build go1.25

package main

import (
	"io"
	"runtime/trace"
	"time"
)

// fly lets a flight recorder run while work is done twice over some generations, and writes what it holds.
func fly(to io.Writer, work func()) error {
	recorder := trace.NewFlightRecorder(trace.FlightRecorderConfig{MinAge: 50 * time.Millisecond, MaxBytes: 1 << 20})
	if err := recorder.Start(); err != nil {
		return err
	}
	defer recorder.Stop()
	for range 5 {
		work()
		time.Sleep(30 * time.Millisecond)
	}
	_, err := recorder.WriteTo(to)
	return err
}
