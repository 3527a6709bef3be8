#!/bin/bash
# Records the fixtures anew: the program of perf-script's fixtures under perf, as perf.data, into ../fixtures. Needs Linux, root, go and perf.
# Nothing of the machine gets in: a folder, an environment, a host and a kernel name of its own, and no process but the recorded one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1-}" != inside ]; then
  exec env -i PATH="$PATH" unshare --uts --mount "$0" inside
fi

hostname host
mount -t tmpfs none /srv
mkdir /srv/app /srv/out
cp "$here/../../perf-script/record/grow.go" /srv/app
cd /srv/app
export HOME=/srv/app GOCACHE=/srv/cache GOTOOLCHAIN=local GO111MODULE=off
go build -o app grow.go
mountpoint -q /sys/kernel/tracing || mount -t tracefs nodev /sys/kernel/tracing
probe() { perf probe -q "$@" 2> /dev/null; }
probe -d 'probe_app:*' || true
probe -x ./app 'copystack=runtime.copystack gp=%ax newsize=%bx:x64'
# Build ids are kept, copies of the binaries are not.
record() { perf record -q -N -o "/srv/out/$1.data" "${@:2}" ./app; }

record call-chains -k CLOCK_MONOTONIC -F 497 -g
record default-clock -F 97 -g
record cpus-switches -k CLOCK_MONOTONIC -F 97 -e cpu-clock -e task-clock --sample-cpu --switch-events
record compressed -k CLOCK_MONOTONIC -F 497 -g -z
record registers -k CLOCK_MONOTONIC -F 197 -e cpu-clock --user-regs=sp,ip,bp,r14
record stack-dumps -F 197 --call-graph dwarf,512
record probes -k CLOCK_MONOTONIC -e probe_app:copystack -e cpu-clock -c 9000000 -g
record tracepoints -k CLOCK_MONOTONIC -e task:task_newtask -e sched:sched_switch -e syscalls:sys_enter_mmap -e syscalls:sys_exit_mmap
record build-ids-of-mappings -F 47 -g --buildid-mmap
record page-faults -e page-faults -c 20 -d --all-user
perf record -q -o - -k CLOCK_MONOTONIC -F 197 -g ./app > /srv/out/pipe.data
probe -d 'probe_app:*'

# The kernel's name says which machine it was built for; and perf copies the names of all that ran lately with the tracepoints' formats.
for file in /srv/out/*.data; do
  RELEASE=$(uname -r) perl -0777 -pi -e 's/(\Q$ENV{RELEASE}\E)/"6.12.0" . "\0" x (length($1) - 6)/ge; s/^(\d+ )(?!app$|perf)([^\n\0]{1,15})$/$1 . "x" x length($2)/gem' "$file"
done
chmod 644 /srv/out/*.data
cp /srv/out/*.data "$here/../fixtures/"
node "$here/damage.mjs"
