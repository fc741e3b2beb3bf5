import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { cli, ROOT, startCli } from '../support/cli.ts';
import { needTool } from '../support/need-tool.ts';
import { untilWorked } from '../support/until-worked.ts';

const LAB = join(ROOT, 'experiments', 'cpu-profiling');

describe('the command line, recording', { skip: needTool('perf', 'gcc', 'g++', 'make') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'perfwright record '));
  const program = join(LAB, 'build', 'planted-c');
  before(() => assert.equal(spawnSync('make', ['-s', '-C', LAB]).status, 0));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('record prints the run and its hottest functions; runs, show, top and lines find it again', async () => {
    const recorded = await cli(folder, ['record', '--', program, '1']);
    assert.equal(recorded.code, 0, recorded.err);
    const [, id] = /^Run (\S+): done, planted-c 1$/m.exec(recorded.out) ?? assert.fail(recorded.out);
    assert.match(recorded.out, /price_of/);
    const listed = JSON.parse((await cli(folder, ['runs', '--json'])).out);
    assert.equal(listed.schema, 'perfwright.runs/1');
    assert.deepEqual(
      listed.runs.map((run: { id: string }) => run.id),
      [id],
    );
    for (const name of [id, 'latest', id.slice(-6)]) {
      const { rows } = JSON.parse((await cli(folder, ['top', name, '--json', '--limit', '1'])).out);
      assert.equal(rows[0].function, 'price_of');
    }
    const lines = await cli(folder, ['lines', 'latest', 'prices.c']);
    assert.equal(lines.code, 0, lines.err);
    assert.match(lines.out, /^.*self \d+\.\d %.*$/m);
  });

  it('record --json prints the run and nothing else on standard output', async () => {
    const { out, code } = await cli(folder, ['record', '--json', '--duration', '1.5', '--', program, '50']);
    assert.equal(code, 0);
    const run = JSON.parse(out);
    assert.equal(run.schema, 'perfwright.run/1');
    assert.equal(run.state, 'done');
    const top = JSON.parse((await cli(folder, ['top', run.id, '--json', '--value', 'samples'])).out);
    assert.ok(top.total > 0);
    assert.equal(run.summary.samples, top.total);
  });

  it('Ctrl+C stops the recording, keeps it, shows it, and exits with 130', async () => {
    const { child, ended } = startCli(folder, ['record', '--', program, '20']);
    await untilWorked(program, 0.5);
    child.kill('SIGINT');
    const { code, out } = await ended;
    assert.equal(code, 130);
    assert.match(out, /price_of/);
    assert.ok(!isRunning(`${program} 20`), 'the program still runs');
  });

  it('a program that is not there exits with 2, before anything is started', async () => {
    const { code, err } = await cli(folder, ['record', '--', './no such program']);
    assert.equal(code, 2);
    assert.match(err, /no such program/);
  });

  it('a missing perf exits with 3 and says how to install it', async () => {
    const { code, err } = await cli(folder, ['record', '--', program, '1'], { ...process.env, PATH: '/nowhere' });
    assert.equal(code, 3);
    assert.match(err, /perf.*(install|package)/is);
    const doctor = await cli(folder, ['doctor', '--json'], { ...process.env, PATH: '/nowhere' });
    assert.equal(doctor.code, 3);
    const answer = JSON.parse(doctor.out);
    assert.equal(answer.schema, 'perfwright.doctor/1');
    assert.equal(answer.canRecord, false);
  });

  it('without perf, doctor names the tools that can be used', async () => {
    const bin = join(folder, 'only node');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    const env = { ...process.env, PATH: bin };
    const text = await cli(folder, ['doctor'], env);
    assert.equal(text.code, 3);
    assert.match(text.out, /Native programs can NOT be profiled yet, for want of perf\. Usable: node\.\n$/);
    assert.equal(JSON.parse((await cli(folder, ['doctor', '--json'], env)).out).canRecord, true);
  });

  it('go tool pprof counts the same in what convert writes', { skip: needTool('go') }, async () => {
    const to = join(folder, 'out.pb.gz');
    assert.equal((await cli(folder, ['convert', 'latest', to])).code, 0);
    const top = JSON.parse((await cli(folder, ['top', 'latest', '--json', '--value', 'samples'])).out);
    const pprof = spawnSync(
      'go',
      ['tool', 'pprof', '-top', '-nodecount=100000', '-nodefraction=0', '-sample_index=samples', to],
      {
        encoding: 'utf8',
      },
    );
    assert.equal(pprof.status, 0, pprof.stderr);
    const theirs = pprof.stdout
      .split('\n')
      .map((line) => /^\s*(\d+)\s+[\d.]+%\s+[\d.]+%\s+(\d+)\s+[\d.]+%\s+(.*?)( \((?:partial-)?inline\))?$/.exec(line))
      .filter((match) => match !== null)
      .map(([, self, total, name]) => ({ name, self, total }));
    // pprof has one row for all functions of a name, and counts a sample with two of them once: futex_wake of libc and of the kernel.
    const rows: { function: string; self: number; total: number }[] = top.rows;
    const times = Map.groupBy(rows, (row) => row.function);
    const ours = rows
      .filter((row) => times.get(row.function)?.length === 1)
      .map((row) => `${row.function} ${row.self} ${row.total}`);
    const compared = theirs
      .filter(({ name }) => (times.get(name)?.length ?? 1) === 1)
      .map(({ name, self, total }) => `${name} ${self} ${total}`);
    assert.ok(
      ours.some((row) => row.startsWith('price_of ')),
      ours.join('\n'),
    );
    assert.deepEqual(compared.sort(), ours.sort());
  });
});

function isRunning(commandLine: string): boolean {
  return spawnSync('pgrep', ['-f', `^${commandLine}`]).status === 0;
}
