#!/usr/bin/env bash
# Builds the example programs, records perf and the Go trace of the same run of each, and puts the captures into
# <name>/captures, listed in examples.json. Needs Go 1.25 or newer, perf, and the right to record (root, or
# `sysctl kernel.perf_event_paranoid=1`). `record.sh churn http` records these two only.
#
# A run lives in a folder of its own with an empty environment, so that nothing of the machine's owner gets into it.
# The trace is as Go wrote it. From perf's text four header lines are left out: hostname, os release, cpuid and total
# memory; they tell of the machine, not of the program. All else is as `perf script` printed it.
set -euo pipefail
cd "$(dirname "$0")"

all=(recursion churn http overflow)
names=("${@:-${all[@]}}")
work=${MORESTACK_EXAMPLES:-/tmp/morestack-examples}

for tool in go perf gzip; do
  command -v "$tool" >/dev/null || { echo "record.sh: $tool is not installed" >&2; exit 1; }
done

record() {
  local name=$1 expected=$2 status=0
  local run=$work/$name captures=$PWD/$name/captures
  rm -rf "$run"
  mkdir -p "$run" "$captures"
  CGO_ENABLED=0 GOFLAGS=-trimpath go build -o "$run/$name" "./$name"

  # -N: no copies of the programs in ~/.debug. traceallocfree: the trace tells of every stack that grows.
  (cd "$run" && env -i PATH=/usr/bin:/bin HOME=/nonexistent GODEBUG=traceallocfree=1 \
    perf record -N -k CLOCK_MONOTONIC -F 997 -g -o perf.data "./$name" >stdout.txt 2>stderr.txt) || status=$?
  if [[ $status -ne $expected ]]; then
    echo "record.sh: $name ended with $status, not $expected:" >&2
    head -n 20 "$run/stderr.txt" >&2
    exit 1
  fi

  (cd "$run" && env -i PATH=/usr/bin:/bin HOME=/nonexistent perf script --header --ns -i perf.data) \
    | sed -E '/^# (hostname|os release|cpuid|total memory) : /d' >"$run/perf.txt"
  gzip -9n <"$run/perf.txt" >"$captures/perf.txt.gz"
  gzip -9n <"$run/trace.out" >"$captures/trace.out.gz"

  # No header line, no stack and no string of a capture may tell where it was recorded (short names would be found by chance).
  local place
  for place in "$(uname -n)" "$(cd .. && pwd)" "${HOME:-}"; do
    if [[ ${#place} -gt 4 ]] && grep -aqF -e "$place" "$run/perf.txt" "$run/trace.out"; then
      echo "record.sh: the captures of $name contain $place" >&2
      exit 1
    fi
  done
  local file
  for file in "$captures"/*; do
    if [[ $(wc -c <"$file") -gt 1500000 ]]; then
      echo "record.sh: $file is larger than 1.5 MB" >&2
      exit 1
    fi
  done
}

for name in "${names[@]}"; do
  # The overflow ends as Go ends a program that overflows: with 2.
  if [[ $name == overflow ]]; then record "$name" 2; else record "$name" 0; fi
  echo "$name: $(wc -c <"$name/captures/perf.txt.gz") bytes of samples, $(wc -c <"$name/captures/trace.out.gz") bytes of trace"
done

{
  echo '['
  for i in "${!all[@]}"; do
    name=${all[i]}
    printf '  {"id": "%s", "files": [\n' "$name"
    printf '    {"name": "perf.txt.gz", "path": "%s/captures/perf.txt.gz", "bytes": %d},\n' "$name" "$(wc -c <"$name/captures/perf.txt.gz")"
    printf '    {"name": "trace.out.gz", "path": "%s/captures/trace.out.gz", "bytes": %d}\n' "$name" "$(wc -c <"$name/captures/trace.out.gz")"
    if [[ $i -lt $((${#all[@]} - 1)) ]]; then echo '  ]},'; else echo '  ]}'; fi
  done
  echo ']'
} >examples.json
