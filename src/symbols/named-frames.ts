import { Int32Column } from '../core/profile/column.ts';
import type { FrameExpansion } from '../core/profile/expand-frames.ts';
import { type FrameIndex, type ModuleIndex, NONE, type Profile } from '../core/profile/profile.ts';
import { unknownName } from '../core/profile/unknown-name.ts';
import type { ReadableName } from './demangle.ts';
import { FrameRows } from './frame-rows.ts';
import type { ModuleNames, NamedSymbol } from './module-names.ts';
import type { Place, TextPool } from './place-table.ts';
import { preferredName } from './symbol-table.ts';

/** A module's frames in the order of their addresses, and what is known of those. */
export interface NamedModule extends ModuleNames {
  readonly module: ModuleIndex;
  readonly frames: Int32Array;
}

/** What each frame of the profile becomes, with the names found: the physical function, then those inlined into it, outermost first. */
export function namedFrames(
  profile: Profile,
  named: readonly NamedModule[],
  texts: TextPool,
  readable: ReadonlyMap<string, ReadableName>,
  inlines: boolean,
): FrameExpansion {
  const rows = new FrameRows(profile, readable);
  const lists = new Map<FrameIndex, FrameIndex[]>();
  for (const { module, frames, addresses, symbol, symbols, places } of named) {
    const path = module === NONE ? '' : profile.strings[profile.modules.path[module]];
    const chosen = symbols.map((candidates) => chooseName(candidates, readable));
    for (let at = 0; at < frames.length; at++) {
      const old = frames[at];
      const address = addresses && !Number.isNaN(addresses[at]) ? BigInt(addresses[at]) : profile.frames.address[old];
      const { first, end } = places && at < places.length ? places.range(at) : { first: 0, end: 0 };
      const outermost: Place = end > first ? places!.at(end - 1) : NO_PLACE;
      const name = symbol[at] !== NONE ? chosen[symbol[at]] : texts.texts[outermost.name] || unknownName(path, address);
      const start = symbol[at] !== NONE ? symbols[symbol[at]].start : -1;
      const list = [rows.add(old, address, name, start, texts.texts[outermost.file], outermost, false)];
      for (let place = end - 2; inlines && place >= first; place--) {
        const inlined = places!.at(place);
        list.push(rows.add(old, address, texts.texts[inlined.name], -1, texts.texts[inlined.file], inlined, true));
      }
      lists.set(old, list);
    }
  }
  return { ...expansionLists(profile.frames.length, lists, rows), ...rows.finish() };
}

const NO_PLACE: Place = { name: 0, file: 0, line: 0, column: 0, startLine: 0 };

/** Of a symbol's names the one that perf shows: it compares the readable forms. */
function chooseName(symbol: NamedSymbol, readable: ReadonlyMap<string, ReadableName>): string {
  return symbol.names[preferredName(symbol.names.map((name) => readable.get(name)?.name ?? name))];
}

function expansionLists(
  frameCount: number,
  lists: ReadonlyMap<FrameIndex, readonly FrameIndex[]>,
  rows: FrameRows,
): { first: Int32Array; rows: Int32Array } {
  const first = new Int32Array(frameCount + 1);
  const all = new Int32Column(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    first[frame] = all.length;
    const list = lists.get(frame);
    if (list) for (const row of list) all.push(row);
    else all.push(rows.keep(frame));
  }
  first[frameCount] = all.length;
  return { first, rows: all.finish() };
}
