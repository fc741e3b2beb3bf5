import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { listeningPorts, processAtPort } from '../../src/tools/listening-ports.ts';

/** A server that forks a worker with the same socket, at a port of the system's choice. */
const CLUSTER = `
  const cluster = require('node:cluster');
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  if (cluster.isPrimary) cluster.fork().on('message', (port) => console.log(port));
  else {
    const server = require('node:net').createServer().listen(0, '127.0.0.1', () => process.send(server.address().port));
  }`;

describe('the ports that a process listens at', () => {
  test('are those of its own sockets, by IPv4 and IPv6, and no connection’s', async () => {
    // A machine may have no IPv6.
    const code = `
      const { createServer, connect } = require('node:net');
      const one = createServer().listen(0, '127.0.0.1', () => {
        const tell = (...more) => connect(one.address().port, '127.0.0.1', () => console.log(one.address().port, ...more));
        const two = createServer().on('error', () => tell()).listen(0, '::1', () => tell(two.address().port));
      });`;
    const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [text] = await once(child.stdout, 'data');
      const ports = String(text).trim().split(' ').map(Number);
      assert.deepEqual(listeningPorts(child.pid!).sort(), [...ports].sort());
      assert.equal(processAtPort(ports[0]), child.pid);
    } finally {
      child.kill('SIGKILL');
    }
    assert.deepEqual(listeningPorts(2 ** 30), []);
  });

  test('shared with workers are those of the process that started them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
    writeFileSync(join(folder, 'server.cjs'), CLUSTER);
    const child = spawn(process.execPath, [join(folder, 'server.cjs')], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    try {
      const [text] = await once(child.stdout, 'data');
      assert.equal(processAtPort(Number(text)), child.pid);
    } finally {
      process.kill(-child.pid!, 'SIGKILL');
      rmSync(folder, { recursive: true });
    }
    // Nobody may listen at it.
    assert.equal(processAtPort(65_535), undefined);
  });
});
