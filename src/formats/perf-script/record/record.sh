#!/bin/bash
# Records the fixtures anew: grow.go under perf, as text, into ../fixtures. Needs Linux, root, go and perf.
# Nothing of the machine gets in: a folder, an environment and a host name of its own, and no process but the recorded one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1-}" != inside ]; then
  exec env -i PATH="$PATH" unshare --uts --mount "$0" inside
fi

hostname demo
mount -t tmpfs none /srv
mkdir /srv/app /srv/out
cp "$here/grow.go" /srv/app
cd /srv/app
export HOME=/srv/app GOCACHE=/srv/cache GOTOOLCHAIN=local GO111MODULE=off
go build -o app grow.go
mountpoint -q /sys/kernel/tracing || mount -t tracefs nodev /sys/kernel/tracing

probe() { perf probe -q "$@" 2> /dev/null; }
probe -d 'probe_app:*' || true
probe -x ./app 'copystack=runtime.copystack gp=%ax newsize=%bx:x64'
record() { perf record -q -o "$1.data" "${@:2}" ./app; }
# The kernel's name says which machine it was built for; all else is as perf prints it.
script() { perf script -i "$1.data" "${@:3}" | sed 's/^# os release : .*/# os release : 6.12.0/' > "/srv/out/$2.txt"; }

record monotonic -k CLOCK_MONOTONIC -F 397 -g
script monotonic header-monotonic --header --ns
script monotonic no-header
script monotonic pid-symbols-only --ns -F comm,pid,tid,time,event,ip,sym
script monotonic source-lines -F +srcline --max-stack 6
record default -F 397 -g
script default header-default-clock --header
record cpus -k CLOCK_MONOTONIC -F 197 -g --sample-cpu
script cpus cpu-misc-tasks -F +pid,+cpu,+misc --show-task-events --show-mmap-events
script cpus instructions --max-stack 5 -F +insn,+insnlen
record flat -k CLOCK_MONOTONIC -F 997
script flat no-call-chain --ns -F +pid
record probes -k CLOCK_MONOTONIC -e probe_app:copystack -e cpu-clock -c 9000000 -g
script probes probe-and-cpu-clock --ns -F +pid,+ip,+sym,+dso,+symoff --max-stack 12
record probes-flat -k CLOCK_MONOTONIC -e probe_app:copystack --sample-cpu
script probes-flat probe-no-call-chain --ns
record kernel -k CLOCK_MONOTONIC -e task:task_newtask -e syscalls:sys_enter_mmap -e syscalls:sys_exit_mmap --sample-cpu
script kernel tracepoints --header
record kernel-g -k CLOCK_MONOTONIC -e task:task_newtask -e syscalls:sys_enter_mmap -g
script kernel-g tracepoints-call-chain --max-stack 10
probe -d 'probe_app:*'
cp /srv/out/*.txt "$here/../fixtures/"
