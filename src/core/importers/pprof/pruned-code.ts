import { MalformedPattern } from '../../pattern.ts';
import { NONE } from '../../profile/profile.ts';
import { droppedFunctions, type IsDropped, prunedLines } from './frame-pruning.ts';
import type { Survey } from './survey.ts';

/** What a profile's own patterns take out of its stacks. */
export interface PrunedCode {
  /** By location; `undefined` where nothing is taken out. */
  readonly pruned: Uint8Array | undefined;
  /** By location: the first of its lines that stays; `undefined` where all do. */
  readonly firstLine: Int32Array | undefined;
  /** Why the patterns weren't followed, in words; `''` where they were. */
  readonly problem: string;
}

export function prunedCode({ strings, code, dropFrames, keepFrames }: Survey): PrunedCode {
  try {
    const isDropped = droppedFunctions(strings.text(dropFrames), strings.text(keepFrames));
    if (isDropped) return pruned({ strings, code }, isDropped);
  } catch (error) {
    if (!(error instanceof MalformedPattern)) throw error;
    return { pruned: undefined, firstLine: undefined, problem: error.message };
  }
  return { pruned: undefined, firstLine: undefined, problem: '' };
}

function pruned({ strings, code }: Pick<Survey, 'strings' | 'code'>, isDropped: IsDropped): PrunedCode {
  const { locations, lines, functions } = code;
  const count = locations.firstLine.length;
  const how = new Uint8Array(count);
  const firstLine = new Int32Array(count);
  const isDroppedFunction = Uint8Array.from({ length: functions.name.length }, (_, row) => {
    const name = strings.text(functions.name.at(row));
    return name !== '' && isDropped(name) ? 1 : 0;
  });
  const isDroppedLine = (line: number) => {
    const row = functions.ids.find(lines.functionLow.at(line), lines.functionHigh.at(line));
    return row !== NONE && isDroppedFunction[row] === 1;
  };
  for (let location = 0; location < count; location++) {
    const first = locations.firstLine.at(location);
    const end = location + 1 < count ? locations.firstLine.at(location + 1) : lines.line.length;
    const result = prunedLines(first, end, isDroppedLine);
    how[location] = result.pruned;
    firstLine[location] = result.first;
  }
  return { pruned: how, firstLine, problem: '' };
}
