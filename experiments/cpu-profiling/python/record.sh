#!/bin/sh
# Makes the tests' JSON profiles of planted.py: `./record.sh FOLDER`. Needs what `pip install py-spy pyinstrument scalene` installs.
set -eu
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")"
py-spy record --format speedscope --rate 50 --threads --idle -o "$out/py-spy.speedscope.json" -- python3 planted.py 1
py-spy record --format speedscope --rate 50 --full-filenames --subprocesses --native -o "$out/native.speedscope.json" -- python3 planted.py 0.5
py-spy record --format chrometrace --rate 50 -o "$out/py-spy.trace.json" -- python3 planted.py 0.5
pyinstrument -r session -i 0.002 -o "$out/planted.pyisession" planted.py 0.3
pyinstrument -r speedscope -i 0.002 -o "$out/pyinstrument.speedscope.json" planted.py 0.5
pyinstrument -r json -i 0.002 -o "$out/tree.json" planted.py 0.5
scalene run --cpu-only -o "$out/cpu.json" planted.py 0.1
scalene run -o "$out/memory.json" planted.py 0.1
