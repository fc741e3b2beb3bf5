import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, type FunctionIndex, NONE } from '../../profile/profile.ts';

/** What pyinstrument writes of a frame: `name\0file\0line` of the definition, and attributes, `\x01l39\x01cThread`. */
export interface PyFrame {
  readonly name: string;
  readonly file: string;
  readonly startLine: number;
  /** Line that was executing; 0 where it isn't known. */
  readonly line: number;
}

export function pyFrame(text: string): PyFrame {
  const [identifier, ...attributes] = text.split('\x01');
  const [name, file = '', startLine = ''] = identifier.split('\0');
  const lines = attributes.filter((attribute) => /^l\d+$/.test(attribute));
  const owner = attributes.find((attribute) => attribute.startsWith('c'))?.slice(1);
  return {
    name: owner ? `${owner}.${name}` : name,
    file,
    startLine: lineNumber(startLine),
    line: lines.length === 1 ? lineNumber(lines[0].slice(1)) : 0,
  };
}

/** `MainThread\0<thread>\0…` stands outermost for the thread. */
export function isThread({ file }: PyFrame): boolean {
  return file === '<thread>';
}

/** NONE for what only stands for the time of the frame that it is in. */
export function pyFrameIn(builder: ProfileBuilder, { name, file, startLine, line }: PyFrame): FrameIndex {
  if (name === '[self]' || name === '[root]') return NONE;
  const isNative = file === '' || file === '<built-in>';
  const own: FunctionIndex = builder.function({ name, file: isNative ? '' : file, startLine });
  return builder.frame({ function: own, line, kind: isNative ? 'native' : 'interpreted' });
}

export function lineNumber(text: string): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 && number < 2 ** 31 ? number : 0;
}
