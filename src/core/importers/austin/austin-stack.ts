import { type FrameIndex, NONE, type StackIndex, type ThreadIndex } from '../../profile/profile.ts';
import type { AustinSamples } from './austin-samples.ts';

export interface AustinStack {
  readonly thread: ThreadIndex;
  readonly stack: StackIndex;
}

/** Frames by their texts, for those of Austin 2 and later. */
export type FramesByText = Map<string, FrameIndex>;

/**
 * The thread and stack of a line without its numbers: `P12;T0:34;file.py:func:5;…` of Austin 2 and later, `Thread 7f12;func (file.py);L5;…`
 * of Austin 1, or `func (file.py:5)` with its --alt-format. Undefined where it is none of them.
 */
export function austinStack(samples: AustinSamples, known: FramesByText, text: string): AustinStack | undefined {
  const parts = text.split(';');
  const process = /^P(?:rocess )?(\d+)$/.exec(parts[0]);
  const pid = process ? Number(process[1]) : Number.NaN;
  const second = process ? 1 : 0;
  const thread = /^T(?:hread )?(?:(\d+):)?([0-9A-Za-z]+)$/.exec(parts[second] ?? '');
  if (!thread) return undefined;
  const [named, interpreter, id] = thread;
  const isFirst = named.startsWith('Thread ');
  if (!isFirst && !process) return undefined;
  const tid = !isFirst && /^\d+$/.test(id) ? Number(id) : Number.NaN;
  const name = [
    Number(interpreter) > 0 ? `interpreter ${interpreter}` : '',
    // An address, or whatever it is.
    tid < 2 ** 31 ? '' : id,
  ];
  const frames = parts.slice(second + 1);
  return {
    thread: samples.thread(pid, tid, name.filter((part) => part !== '').join(', ')),
    stack: samples.builder.stackOf(
      isFirst ? framesOfFirst(samples, frames) : frames.map((frame) => frameOf(samples, known, frame)),
    ),
  };
}

/** `file.py:func:5`; `:GC:` and `:INVALID:` are marks that look like frames. */
function frameOf(samples: AustinSamples, known: FramesByText, text: string): FrameIndex {
  let frame = known.get(text);
  if (frame === undefined) {
    const match = /^(.*):([^:]*):(\d{0,10})$/s.exec(text);
    frame = match ? samples.frame(match[1], match[2], lineOf(match[3])) : samples.frame('', text, 0);
    known.set(text, frame);
  }
  return frame;
}

/** `func (file.py)` and then `L5`, or `func (file.py:5)`. */
function framesOfFirst(samples: AustinSamples, texts: readonly string[]): FrameIndex[] {
  const frames: FrameIndex[] = [];
  for (const [index, text] of texts.entries()) {
    if (index > 0 && /^L\d+$/.test(text)) continue;
    const line = /^L(\d{1,10})$/.exec(texts[index + 1] ?? '');
    // No regular expression for the whole: on many brackets it would take time by the square of the line's length.
    const open = text.endsWith(')') ? text.lastIndexOf(' (') : -1;
    const inside = text.slice(open + 2, -1);
    const own = /:(\d{1,10})$/.exec(inside);
    frames.push(
      open !== -1
        ? samples.frame(inside.slice(0, own?.index), text.slice(0, open), lineOf((line ?? own)?.[1] ?? ''))
        : samples.frame('', text, line ? lineOf(line[1]) : 0),
    );
  }
  return frames.filter((frame) => frame !== NONE);
}

function lineOf(digits: string): number {
  const line = Number(digits);
  return line < 2 ** 31 ? line : 0;
}
