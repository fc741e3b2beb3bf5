#!/bin/sh
# Makes the fixtures of pprof and pprof-legacy again: profiles that Go's runtime writes of experiments/cpu-profiling/go, and those that
# gperftools writes of experiments/cpu-profiling/c. Needs go, gcc and gperftools (Debian: google-perftools libgoogle-perftools-dev).
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
lab=/tmp/lab/build
mkdir -p $lab/go
(cd "$root/experiments/cpu-profiling/go" && go build -trimpath -o $lab/planted-go .)
GOMAXPROCS=2 $lab/planted-go $lab/go
for name in cpu heap mutex block goroutine; do
  gunzip -c $lab/go/$name.pb.gz > "$root/test/fixtures/pprof/go-$name.pb"
done
for name in heap mutex block goroutine threadcreate; do
  cp $lab/go/$name.debug1.txt "$root/test/fixtures/pprof-legacy/go-$name.txt"
done
cp $lab/go/goroutine.debug2.txt "$root/test/fixtures/pprof-legacy/go-goroutine-stacks.txt"

make -s -C "$root/experiments/cpu-profiling"
cp "$root/experiments/cpu-profiling/build/planted-c" "$root/experiments/cpu-profiling/build/libplanted.so" $lab
libraries=$(dirname "$(find /usr/lib -name libprofiler.so | head -n 1)")
rm -f $lab/c.*
LD_PRELOAD=$libraries/libprofiler.so CPUPROFILE=$lab/c.cpu CPUPROFILE_FREQUENCY=100 $lab/planted-c
cp $lab/c.cpu "$root/test/fixtures/pprof-legacy/gperftools-cpu.prof"
LD_PRELOAD=$libraries/libtcmalloc.so HEAPPROFILE=$lab/c.heap $lab/planted-c
cp "$(find $lab -name 'c.heap.*.heap' | sort | tail -n 1)" "$root/test/fixtures/pprof-legacy/tcmalloc.heap"
