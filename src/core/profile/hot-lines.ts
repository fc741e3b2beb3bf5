import { IntKeyMap } from './int-key-map.ts';
import { keyTotals } from './key-totals.ts';
import { NONE, type Profile, type StringIndex } from './profile.ts';
import type { StackWeights } from './stack-weights.ts';

/** Cost of the lines of one file, in order of line. Columns are of one length. */
export interface FileLines {
  readonly file: StringIndex;
  /** 1-based; never 0: cost on no known line is only in the file's own figures. */
  readonly line: Uint32Array;
  readonly self: Float64Array;
  readonly total: Float64Array;
  /** Cost of the whole file, lines not known included; a sample counts once. */
  readonly fileSelf: number;
  readonly fileTotal: number;
}

/** Self and total cost of every line of every file that has a name. Functions that share a line (templates) are added up. */
export function hotLines(profile: Profile, weights: StackWeights): readonly FileLines[] {
  const { frames, stacks } = profile;
  const known = new IntKeyMap(frames.length);
  const lineKey = new Int32Array(frames.length).fill(NONE);
  const fileKey = new Int32Array(frames.length).fill(NONE);
  const keys: { file: StringIndex; line: number }[] = [];
  for (let frame = 0; frame < frames.length; frame++) {
    const file = frames.file[frame];
    if (file === 0) continue;
    fileKey[frame] = file;
    let key = known.get(file, frames.line[frame]);
    if (key === -1) {
      key = keys.push({ file, line: frames.line[frame] }) - 1;
      known.set(file, frames.line[frame], key);
    }
    lineKey[frame] = key;
  }
  const lines = keyTotals(stacks, weights.self, lineKey, keys.length);
  const files = keyTotals(stacks, weights.self, fileKey, profile.strings.length);
  const byFile = new Map<StringIndex, number[]>();
  for (let key = 0; key < keys.length; key++) {
    if (lines.self[key] === 0 && lines.total[key] === 0) continue;
    const own = byFile.get(keys[key].file);
    if (own) own.push(key);
    else byFile.set(keys[key].file, [key]);
  }
  return [...byFile].map(([file, own]) => {
    const numbered = own.filter((key) => keys[key].line > 0).sort((a, b) => keys[a].line - keys[b].line);
    return {
      file,
      line: Uint32Array.from(numbered, (key) => keys[key].line),
      self: Float64Array.from(numbered, (key) => lines.self[key]),
      total: Float64Array.from(numbered, (key) => lines.total[key]),
      fileSelf: files.self[file],
      fileTotal: files.total[file],
    };
  });
}
