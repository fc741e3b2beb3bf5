#!/bin/sh
# Makes the tests' profiles of planted.ts: `./record.sh FOLDER`. Needs Node 24; small, so that they can lie in the repository.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")"
# Without types, so that the profiles aren't of the program that takes them out. Lines and columns stay.
node -e '
  const { readFileSync, writeFileSync } = require("node:fs");
  writeFileSync("planted.mjs", require("node:module").stripTypeScriptTypes(readFileSync("planted.ts", "utf8")));'
trap 'rm -f planted.mjs' EXIT
node --cpu-prof --cpu-prof-interval 2000 --cpu-prof-dir "$out" --cpu-prof-name planted.cpuprofile planted.mjs 0.6
# Every 200 microseconds: samples outnumber what V8 counts on lines, and deltas vary.
node --cpu-prof --cpu-prof-interval 200 --cpu-prof-dir "$out" --cpu-prof-name short.cpuprofile planted.mjs 0.05
node --heap-prof --heap-prof-interval 16384 --heap-prof-dir "$out" --heap-prof-name planted.heapprofile planted.mjs 0.3
node --heap-prof --heap-prof-interval 65536 --heap-prof-dir "$out" --heap-prof-name coarse.heapprofile planted.mjs 0.3
# What Node and V8 trace of themselves; and V8's CPU profile inside a trace, which it writes there while a profile is being made.
node --trace-event-categories node,v8 --trace-event-file-pattern "$out/node.trace.json" planted.mjs 0.1
node --trace-event-categories v8,disabled-by-default-v8.cpu_profiler --trace-event-file-pattern "$out/profiler.trace.json" \
  --cpu-prof --cpu-prof-interval 2000 --cpu-prof-dir "$(mktemp -d)" planted.mjs 0.1
