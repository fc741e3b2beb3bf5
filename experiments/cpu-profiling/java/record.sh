#!/bin/sh
# Makes the recordings of test/fixtures/jfr/ of Planted.java. Needs JDK 17 and JDK 25 (JAVA17, JAVA25: their bin/java) and async-profiler 4.1's
# library (ASYNC_PROFILER: libasyncProfiler.so; it is in the jar tools.profiler:async-profiler:4.1). Run it in an empty folder: what it
# records has the folder's name in its command line.
#
#     JAVA17=… JAVA25=… ASYNC_PROFILER=… sh record.sh OUT
set -eu
out=$1
here=$(cd "$(dirname "$0")" && pwd)
"$(dirname "$JAVA25")/javac" --release 17 -d classes "$here/Planted.java"
cp "$ASYNC_PROFILER" libasyncProfiler.so

# Of a JDK's many events only those that are shown and that say what was recorded: 98 KB instead of 270, most of it the description of types.
about='+jdk.ActiveSetting#enabled=true,+jdk.ActiveRecording#enabled=true,+jdk.JVMInformation#enabled=true,+jdk.OSInformation#enabled=true'
samples='+jdk.ExecutionSample#enabled=true,+jdk.ExecutionSample#period=10ms,+jdk.NativeMethodSample#enabled=true,+jdk.NativeMethodSample#period=20ms'
others='+jdk.ObjectAllocationSample#enabled=true,+jdk.ObjectAllocationSample#throttle=100/s,+jdk.JavaMonitorEnter#enabled=true,+jdk.JavaMonitorEnter#threshold=1ms,+jdk.ThreadPark#enabled=true'
tlabs='+jdk.ObjectAllocationInNewTLAB#enabled=true,+jdk.ObjectAllocationOutsideTLAB#enabled=true,+jdk.OldObjectSample#enabled=true'

"$JAVA17" "-XX:StartFlightRecording:settings=none,filename=planted-jdk17.jfr,$about,$samples,$others" -cp classes Planted 2
"$JAVA17" "-XX:StartFlightRecording:settings=none,filename=tlabs-jdk17.jfr,$about,$tlabs" -cp classes Planted 0.2
"$JAVA25" "-XX:StartFlightRecording:settings=none,filename=cpu-time-jdk25.jfr,$about,+jdk.MethodTrace#enabled=true,+jdk.MethodTrace#filter=Planted\$Ledger::add,+jdk.CPUTimeSample#enabled=true,+jdk.CPUTimeSample#throttle=10ms,+jdk.CPUTimeSamplesLost#enabled=true" -cp classes Planted 1

# jfropts: no system properties, no list of libraries, no load of the processors.
"$JAVA17" -agentpath:./libasyncProfiler.so=start,event=ctimer,interval=10ms,jfropts=14,file=cpu-async.jfr -cp classes Planted 1
"$JAVA17" -agentpath:./libasyncProfiler.so=start,event=ctimer,interval=20ms,wall=50ms,alloc=1m,lock=1ms,live,jfropts=14,file=all-async.jfr -cp classes Planted 1
"$JAVA17" -agentpath:./libasyncProfiler.so=start,nativemem=256k,jfropts=14,file=native-memory-async.jfr -cp classes Planted 0.5

# Killed: a chunk of async-profiler that was never finished has no constants, so its samples have no stacks and no threads.
"$JAVA17" -agentpath:./libasyncProfiler.so=start,event=alloc,alloc=100k,jfropts=14,file=killed-async.jfr -cp classes Planted 30 &
while [ "$(wc -c < killed-async.jfr 2>&1 || echo 0)" -lt 60000 ]; do sleep 0.1; done
kill -9 $!
wait $! || true

mkdir -p "$out"
cp cpu-async.jfr "$out/"
for name in planted-jdk17 tlabs-jdk17 cpu-time-jdk25 all-async native-memory-async killed-async; do gzip -9 -n -c $name.jfr > "$out/$name.jfr.gz"; done
