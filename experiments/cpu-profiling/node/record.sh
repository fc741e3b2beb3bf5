#!/bin/sh
# Makes the tests' profiles of planted.ts: `./record.sh FOLDER`. Needs Node 24; small, so that they can lie in the repository.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")"
node --cpu-prof --cpu-prof-interval 2000 --cpu-prof-dir "$out" --cpu-prof-name planted.cpuprofile planted.ts 0.6
# Every 200 microseconds: samples outnumber what V8 counts on lines, and deltas vary.
node --cpu-prof --cpu-prof-interval 200 --cpu-prof-dir "$out" --cpu-prof-name short.cpuprofile planted.ts 0.05
node --heap-prof --heap-prof-interval 16384 --heap-prof-dir "$out" --heap-prof-name planted.heapprofile planted.ts 0.3
node --heap-prof --heap-prof-dir "$out" --heap-prof-name coarse.heapprofile planted.ts 0.3
# What libuv, Node and V8 trace of themselves; and the same with V8's CPU profiler inside the trace.
node --trace-event-categories node,node.async_hooks,v8 --trace-event-file-pattern "$out/node.trace.json" planted.ts 0.1
node --trace-event-categories v8,disabled-by-default-v8.cpu_profiler --trace-event-file-pattern "$out/profiler.trace.json" planted.ts 0.1
