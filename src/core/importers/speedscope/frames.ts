import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, NONE } from '../../profile/profile.ts';
import { isPythonFile, pySpyNativeFrame } from '../folded/py-spy-frame.ts';
import { JsonKeys } from '../reading/json-keys.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import { kindOfFile } from '../reading/kind-of-file.ts';
import { pathOfUrl } from '../reading/path-of-url.ts';

const FRAME = { name: 0, file: 1, line: 2, col: 3 };

/** A row of `shared.frames`. */
export interface SpeedscopeFrame {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function readFrames(json: JsonStream, into: SpeedscopeFrame[]): void {
  const keys = new JsonKeys(Object.keys(FRAME));
  if (!json.enterArray()) return;
  while (json.nextElement()) {
    let name = '';
    let file = '';
    let line = 0;
    let column = 0;
    if (json.enterObject()) {
      for (;;) {
        const key = json.nextKey(keys);
        if (key === FRAME.name) name = json.string();
        else if (key === FRAME.file) file = json.string();
        else if (key === FRAME.line) line = place(json.number());
        else if (key === FRAME.col) column = place(json.number());
        else break;
      }
    }
    into.push({ name, file, line, column });
  }
}

/** What a program is known to write, since the format doesn't say. */
export interface FrameMeaning {
  /** Whether a frame's line is the one that was executing, or that of the definition. */
  readonly isExecuting: boolean;
  /** Then a file without a line that is none of Python's is a program or library. */
  readonly isPySpy: boolean;
}

/** A frame in the profile. */
export function frameOf(
  builder: ProfileBuilder,
  frame: SpeedscopeFrame,
  { isExecuting, isPySpy }: FrameMeaning,
): FrameIndex {
  const { name, line, column } = frame;
  if (name === '' && frame.file === '') return NONE;
  const file = frame.file === BUILT_IN ? '' : pathOfUrl(frame.file);
  if (isPySpy && line === 0 && file !== '' && !isPythonFile(frame.file)) {
    return pySpyNativeFrame(builder, name, file);
  }
  const kind = kindOfFile(file);
  if (isExecuting) return builder.frame({ function: builder.function({ name, file }), line, column, kind });
  const systemName = column > 0 ? `${name}:${line}:${column}` : name;
  return builder.frame({ function: builder.function({ name, systemName, file, startLine: line }), kind });
}

/** What pyinstrument writes for functions of Python itself, which are in no file. */
const BUILT_IN = '<built-in>';

function place(number: number): number {
  return number > 0 && number < 2 ** 32 ? Math.trunc(number) : 0;
}
