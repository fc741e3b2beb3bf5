#!/bin/sh
# Makes the tests' heap profiles of DHAT: `./record.sh FOLDER`. Needs valgrind, and both programs built (`make`).
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/.."
valgrind --tool=dhat --dhat-out-file="$out/planted-c.dhat" build/planted-c 0.1
valgrind --tool=dhat --dhat-out-file="$out/planted-cpp.dhat" build/planted-cpp 0.1
# Bytes copied, not allocated.
valgrind --tool=dhat --mode=copy --dhat-out-file="$out/copies.dhat" build/planted-cpp 0.1
