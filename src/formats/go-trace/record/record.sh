#!/bin/bash
# record.sh [NAME…] records the fixtures (all, or these) anew: the program beside this under every Go whose traces differ, and what
# Go 1.27's own tool says of each. Needs Linux, go and the module proxy (for the other toolchains). Folder and environment are
# neutral, paths are trimmed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/demo.XXXXXX)
trap 'rm -r "$work"' EXIT
cp "$here"/*.go "$here"/go.mod "$work"
cd "$work"
mkdir -p "$here/../fixtures/oracles/bad"

only=" $* "
most=40000

# record NAME GO KIND [GODEBUG]
record() {
  [ "$only" = '  ' ] || [[ $only == *" $1 "* ]] || return 0
  GOTOOLCHAIN=$2 CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "demo-$2" .
  # Now and then a sweeper that waits for another one yields ten thousand times and fills the trace: then once more.
  local sizeBytes=$((most + 1))
  while [ "$sizeBytes" -gt "$most" ]; do
    env -i GOMAXPROCS=2 GODEBUG="${4-}" "./demo-$2" "$3" "$1.trace"
    sizeBytes=$(stat -c %s "$1.trace")
  done
  cp "$1.trace" "$here/../fixtures/"
  oracle "$1"
}

# oracle NAME: the lines of events that the tool of Go 1.27 prints, up to where it stops.
oracle() {
  { GOTOOLCHAIN=go1.27.3 go tool trace -d=parsed "$here/../fixtures/$1.trace" || true; } |
    grep '^M=' | gzip -9n > "$here/../fixtures/oracles/$1.events.txt.gz"
}

# A generation ends every 10 ms instead of every second.
often=traceadvanceperiod=10000000

record go122 go1.22.12 plain
record go122-generations go1.22.12 cpu "$often"
record go123-stacks go1.23.5 stacks traceallocfree=1
record go123-tasks go1.23.5 tasks
record go124-cpu go1.24.4 cpu
record go125-generations go1.25.12 generations "$often"
record go125-flight go1.25.12 flight "$often"
record go126-stacks go1.26.8 stacks traceallocfree=1
record go127-cpu go1.27.3 cpu "$often"
record go127-flight go1.27.3 flight "$often"
record go127-stacks go1.27.3 stacks traceallocfree=1
record go127-tasks go1.27.3 tasks

node "$here/damage.mjs"
for damaged in "$here"/../fixtures/bad/*.trace; do oracle "bad/$(basename "$damaged" .trace)"; done
