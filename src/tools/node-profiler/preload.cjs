// Loaded into each thread of each Node process that is recorded, before anything of the program's: V8 profiles the thread from here on, and
// what it saw is written when the thread ends, or when the collector asks for it. Runs in whatever Node the program has: 16 or later.
'use strict';

const folder = process.env.PERFWRIGHT_NODE_FOLDER;
if (folder && !isPackageManager(process.argv[1])) record(folder);

/** They only start what is to be recorded, and wait. */
function isPackageManager(script) {
  return /(^|[\\/])(npm|npx|pnpm|pnpx|yarn|corepack)(-cli)?(\.c?js)?$/.test(script || '');
}

function record(folder) {
  const { mkdirSync, renameSync, writeFileSync } = require('node:fs');
  const { Session } = require('node:inspector');
  const { join } = require('node:path');
  const threads = require('node:worker_threads');
  const interval = Number(process.env.PERFWRIGHT_NODE_INTERVAL) || 1000;
  // The first process alone, and its first thread: nothing is passed on.
  if (process.env.PERFWRIGHT_NODE_ALONE) delete process.env.PERFWRIGHT_NODE_FOLDER;
  const name = join(folder, `${process.pid}-${threads.threadId}`);
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.setSamplingInterval', { interval });
  session.post('Profiler.start');
  const about = {
    pid: process.pid,
    thread: threads.threadId,
    name: threads.threadName || '',
    argv: process.argv,
    version: process.version,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${name}.started`, JSON.stringify(about));

  let isFlushed = false;
  /** Ends the recording of this thread and writes it down. What `post` gives comes at once. */
  const flush = () => {
    if (isFlushed) return true;
    isFlushed = true;
    session.post('Profiler.stop', (error, answer) => {
      if (error) return;
      writeFileSync(`${name}.part`, JSON.stringify(answer.profile));
      renameSync(`${name}.part`, `${name}.cpuprofile`);
    });
    session.disconnect();
    return true;
  };
  process[Symbol.for('perfwright.flush')] = flush;
  process.on('exit', flush);
  if (!threads.isMainThread) return;
  // What ends a process that doesn't listen for it runs none of its handlers: it is as if nobody listened here, but for the profile.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const end = () => {
      if (process.listenerCount(signal) > 1) return;
      flush();
      process.removeListener(signal, end);
      process.kill(process.pid, signal);
    };
    process.on(signal, end);
  }
}
