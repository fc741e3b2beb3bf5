#!/bin/sh
# Makes the recordings in test/fixtures/perf-data anew: sh test/support/perf-data/record.sh. As root, since the program is put into
# /opt/lab for the time: recordings name files by absolute paths. Then: UPDATE=1 node --test test/importers.test.ts, and read the goldens.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$here/../../fixtures/perf-data
mkdir -p /opt/lab "$out"
gcc -O1 -g -fno-omit-frame-pointer -fno-inline -pthread "$here/family.c" -o /opt/lab/family
cd /opt/lab
record() {
  file=$1
  shift
  perf record -q -N -o "$file" "$@" ./family
}
record frame-pointers.perf.data -F 499 -g
record several-events.perf.data -F 99 -g -e cpu-clock,page-faults:u,context-switches
record compressed.perf.data -F 299 -g -z
record counter-group.perf.data -F 99 -g -e '{cpu-clock,page-faults}:S'
record stack-copies.perf.data -F 49 --call-graph dwarf,512
record side-band.perf.data -F 49 -g --switch-events --namespaces --buildid-mmap --user-regs=ip --intr-regs=ip -d
record - -F 99 -g > pipe.perf.data
record - -F 299 -g -z > compressed-pipe.perf.data
cp ./*.perf.data "$out"
chmod 644 "$out"/*.perf.data
rm -r /opt/lab
ls -l "$out"
