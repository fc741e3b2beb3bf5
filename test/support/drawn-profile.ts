import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { NONE, type Profile } from '../../src/core/profile/profile.ts';

/**
 * A profile drawn as text: each column is a sample, outermost frame on top, innermost at the bottom, columns two or more spaces apart.
 * A cell is `function`, `function:line`, `function@file:line`, `~function…` for an inlined frame and `k!function` for the kernel; `.`
 * holds an empty place. A first line `#w` gives weights, `#t` threads by name, `#e` the event each sample belongs to.
 * A sample whose cells are all `.` has no stack.
 */
export function drawnProfile(drawing: string): Profile {
  const rows = drawing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s{2,}|\s+(?=#)/));
  const header = (mark: string) => rows.find((row) => row[0] === mark)?.slice(1);
  const cells = rows.filter((row) => !row[0].startsWith('#'));
  const [weights, threads, events] = [header('#w'), header('#t'), header('#e')];
  const builder = new ProfileBuilder();
  const samples = Math.max(...cells.map((row) => row.length));
  for (const row of [weights, threads, events]) {
    if (row && row.length !== samples)
      throw new Error(`drawn profile: ${samples} samples, and a line of ${row.length}: ${row}`);
  }
  const values = [...new Set(events ?? ['samples'])].map((type) => builder.value(type, 'count'));
  for (let column = 0; column < samples; column++) {
    const frames = cells
      .map((row) => row[column] ?? '.')
      .filter((cell) => cell !== '.')
      .map((cell) => drawnFrame(builder, cell));
    const name = threads?.[column] ?? 'main';
    const tid = threads ? [...new Set(threads)].indexOf(name) + 1 : 1;
    const row = builder.sample(builder.stackOf(frames), builder.thread(1, tid, name), column * 1e6);
    const value = events ? builder.value(events[column], 'count') : values[0];
    builder.addWeight(row, value, weights ? Number(weights[column]) : 1);
  }
  return builder.finish({ origin: { format: 'drawn' } });
}

function drawnFrame(builder: ProfileBuilder, cell: string): number {
  const match = /^(~?)(k!)?([^@:]+)(?:@([^:]+))?(?::(\d+))?$/.exec(cell);
  if (!match) throw new Error(`drawn profile: can't read the cell ${JSON.stringify(cell)}`);
  const [, inlined, kernel, name, file, line] = match;
  const module = builder.module(kernel ? '[kernel.kallsyms]' : '/bin/program');
  return builder.frame({
    function: builder.function({ name, file: file ?? (kernel ? '' : 'a.c'), module: module ?? NONE }),
    line: line ? Number(line) : 0,
    module,
    inlined: inlined === '~',
    kind: kernel ? 'kernel' : 'native',
  });
}
