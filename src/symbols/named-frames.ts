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
  for (const known of named) {
    const { module, frames, addresses, symbol, symbols } = known;
    const path = module === NONE ? '' : profile.strings[profile.modules.path[module]];
    const names = symbols.map((candidates) => chooseName(candidates, readable));
    const homes = homePlaces(known);
    for (let at = 0; at < frames.length; at++) {
      const old = frames[at];
      const address = addresses && !Number.isNaN(addresses[at]) ? BigInt(addresses[at]) : profile.frames.address[old];
      const nameOf = (place: Place) => texts.texts[place.name] || unknownName(path, address);
      const add = (systemName: string, symbolStart: number, home: Place, place: Place, inlined: boolean) => {
        const func = {
          systemName,
          symbolStart,
          file: texts.texts[home.startFile || home.file],
          startLine: home.startLine,
        };
        return rows.add(old, address, func, texts.texts[place.file], place, inlined);
      };
      const places = placesOf(known, at);
      const own = symbol[at];
      const home = own === NONE ? undefined : homes[own];
      const outermost =
        places.pop() ?? (home ? { ...home, file: home.startFile || home.file, line: 0, column: 0 } : NO_PLACE);
      const [name, start] = own === NONE ? [nameOf(outermost), 0] : [names[own], symbols[own].start];
      const list = [add(name, start, home ?? outermost, outermost, false)];
      while (inlines && places.length > 0) {
        const place = places.pop()!;
        list.push(add(nameOf(place), 0, place, place, true));
      }
      lists.set(old, list);
    }
  }
  return { ...expansionLists(profile.frames.length, lists, rows), ...rows.finish() };
}

const NO_PLACE: Place = { name: 0, file: 0, line: 0, column: 0, startFile: 0, startLine: 0 };

/** The places of an address, innermost first. */
function placesOf({ places }: NamedModule, at: number): Place[] {
  if (!places || at >= places.length) return [];
  const { first, end } = places.range(at);
  return Array.from({ length: end - first }, (_, place) => places.at(first + place));
}

/**
 * By position of the symbol: a place that tells where its function is defined; else its place with the lowest address, for what a function
 * takes from other files comes after its beginning.
 */
function homePlaces(known: NamedModule): Place[] {
  const homes: Place[] = [];
  for (let at = 0; at < known.frames.length; at++) {
    const symbol = known.symbol[at];
    if (symbol === NONE || homes[symbol]?.startFile > 0) continue;
    const place = placesOf(known, at).at(-1);
    if (place && (!homes[symbol] || place.startFile > 0)) homes[symbol] = place;
  }
  return homes;
}

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
