import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TimeSpan } from '../../src/core/profile/queries/thread-tracks.ts';
import { withoutRange, withRange } from '../../src/core/profile/time/view-range.ts';
import { HotSpotTree } from '../../src/features/hot-spots/hot-spot-tree.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until, workspaceFolder } from '../support/editor-host.ts';

suite('over time', () => {
  let host: Host;
  let document: vscode.TextDocument;
  let extent: TimeSpan;
  /** Every sample by perf's own word: nanoseconds since the first, and its weight. */
  let samples: readonly { readonly ns: number; readonly period: number }[];

  suiteSetup(async function () {
    this.timeout(60_000);
    host = await editorHost();
    const cwd = workspaceFolder();
    const perf = (...args: string[]) => {
      const { status, stderr, stdout } = spawnSync('perf', args, { cwd, encoding: 'utf8', maxBuffer: 1e9 });
      assert.equal(status, 0, stderr);
      return stdout;
    };
    perf('record', '-o', 'time.data', '-F', '999', '-e', 'cpu-clock', '-g', '--', 'build/planted-cpp', '2');
    const clock = perf('script', '-i', 'time.data', '--ns', '-G', '-F', 'time,period');
    await vscode.commands.executeCommand('perfwright.openProfile', vscode.Uri.file(join(cwd, 'time.data')));
    const { origin } = host.active.current!.overview;
    samples = [...clock.matchAll(/(\d+)\.(\d{9}):\s+(\d+)/g)].map(([, seconds, ns, period]) => ({
      ns: Number(BigInt(seconds) * 1_000_000_000n + BigInt(ns) - BigInt(origin.startTimeNs)),
      period: Number(period),
    }));
    document = await vscode.workspace.openTextDocument(join(cwd, 'cpp', 'matrix.hpp'));
    const tracks = await ask('threadTracks', { window: null, bins: 100, most: 10 });
    extent = tracks.extent!;
  });

  suiteTeardown(() => vscode.commands.executeCommand('perfwright.clear'));

  const ask = (async (name: 'threadTracks', args: object) => {
    const view = host.active.view!;
    const shown = { ...view, operations: withoutRange(view.operations) };
    return host.active.current!.session.ask(name, { ...args, view: shown } as never);
  }) as unknown as (
    name: 'threadTracks',
    args: object,
  ) => Promise<{
    extent: TimeSpan | null;
    total: number;
    all: Float64Array;
  }>;
  /** As the panel does when a range has been drawn. */
  const apply = (range: TimeSpan | null) =>
    host.active.look({ operations: withRange(host.active.view!.operations, range, extent) });
  const lines = async () => {
    const file = (await host.sources.costs(document))!.recorded;
    return host.active.current!.session.ask('fileLines', { view: host.active.view!, file });
  };
  const sum = (of: readonly { readonly period: number }[]) => of.reduce((total, { period }) => total + period, 0);

  test('its panel opens, and there is one of it', async () => {
    const tabs = () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .filter(
          ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('perfwright.overTime'),
        );
    await vscode.commands.executeCommand('perfwright.overTime.open');
    await until(tabs, (found) => found.length === 1);
    await vscode.commands.executeCommand('perfwright.overTime.open');
    assert.equal(tabs().length, 1);
    assert.equal(tabs()[0].label, 'Over Time');
  });

  test('its total is that of all samples, by perf’s own word', async () => {
    const { total, all } = await ask('threadTracks', { window: null, bins: 100, most: 10 });
    assert.ok(samples.length > 50);
    assert.equal(total, sum(samples));
    assert.equal(
      all.reduce((a, b) => a + b, 0),
      total,
    );
  });

  test('a range is all that lines, hot spots and hovers show, and is worth the samples that were taken in it', async () => {
    const whole = await lines();
    const middle = Math.round((extent.fromNs + extent.toNs) / 2);
    const shares: number[] = [];
    const byLine = new Map<number, number>();
    for (const range of [
      { fromNs: extent.fromNs, toNs: middle },
      { fromNs: middle, toNs: extent.toNs },
    ]) {
      apply(range);
      const part = await lines();
      const isLast = range.toNs === extent.toNs;
      const taken = samples.filter(({ ns }) => ns >= range.fromNs && (ns < range.toNs || isLast));
      assert.equal(part.total, sum(taken));
      assert.ok(part.total > 0 && part.total < whole.total);
      shares.push(part.total);
      for (const [at, line] of part.line.entries()) byLine.set(line, (byLine.get(line) ?? 0) + part.lineTotal[at]);
      const spots = await new HotSpotTree(host).getChildren();
      assert.ok(spots.length > 0);
    }
    assert.equal(shares[0] + shares[1], whole.total);
    assert.deepEqual(
      [...byLine].sort(([a], [b]) => a - b),
      Array.from(whole.line, (line, at) => [line, whole.lineTotal[at]]),
      'the halves of each line are the line',
    );
  });

  test('another range takes the place of the first, and cleared, everything is as it was', async () => {
    apply({ fromNs: extent.toNs * 0.4, toNs: extent.toNs * 0.6 });
    assert.deepEqual(
      host.active.view!.operations.map(({ op }) => op),
      ['from', 'to'],
    );
    assert.ok((await lines()).total < sum(samples) / 2);
    // The panel itself shows all of the time.
    assert.equal((await ask('threadTracks', { window: null, bins: 10, most: 1 })).total, sum(samples));
    apply(null);
    assert.deepEqual(host.active.view!.operations, []);
    assert.equal((await lines()).total, sum(samples));
  });
});
