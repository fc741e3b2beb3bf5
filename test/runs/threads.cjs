// A Node program with a worker thread and a child process, each with a function of its own that computes. `node threads.cjs [MILLISECONDS]`.
const { Worker, isMainThread } = require('node:worker_threads');
const { fork } = require('node:child_process');

function spin(milliseconds) {
  const end = Date.now() + milliseconds;
  let sum = 0;
  while (Date.now() < end) sum += Math.sqrt(sum + 1);
  return sum;
}

function hotInMain(milliseconds) {
  return spin(milliseconds);
}

function hotInWorker(milliseconds) {
  return spin(milliseconds);
}

function hotInChild(milliseconds) {
  return spin(milliseconds);
}

const milliseconds = Number(process.argv[2] || 500);
if (!isMainThread) hotInWorker(milliseconds);
else if (process.env.IS_CHILD) hotInChild(milliseconds);
else {
  new Worker(__filename, { argv: [String(milliseconds)], name: 'cruncher' });
  fork(__filename, [String(milliseconds)], { env: { ...process.env, IS_CHILD: '1' } });
  hotInMain(milliseconds);
}
