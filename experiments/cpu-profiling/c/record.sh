#!/bin/sh
# Makes the tests' profiles of DHAT and samply: `./record.sh FOLDER [PERF.DATA]`. Needs valgrind and samply, and both programs built (`make`).
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
valgrind --tool=dhat --dhat-out-file="$out/planted-c.dhat" build/planted-c 0.1
valgrind --tool=dhat --dhat-out-file="$out/planted-cpp.dhat" build/planted-cpp 0.1
# Bytes copied, not allocated.
valgrind --tool=dhat --mode=copy --dhat-out-file="$out/copies.dhat" build/planted-cpp 0.1
# Profiles for the Firefox Profiler, by samply (`cargo install samply`): one that it recorded, and one that it made of a perf.data.
samply record --save-only --rate 200 -o "$out/samply-record.profile.json" -- build/planted-c 0.4
if [ -n "${2:-}" ]; then samply import --save-only -o "$out/samply-import.profile.json" "$2"; fi
