/** How a tool's own lines can be told from those of its program, which writes to the same descriptor. */
export interface LineMark {
  /** How they begin. */
  readonly beginnings: readonly string[];
  /** Whether the tool sets them off with empty lines. */
  readonly isSpaced: boolean;
}

/** Where what a program writes goes on to, without the tool's own lines. */
export interface MessageFilter {
  write(chunk: Uint8Array): void;
  /** Lets go of what was held back. */
  end(): void;
  /** What the tool said, without what stands before each of its lines; its last part where it is much. */
  said(): string;
}

/**
 * Lets everything through to a sink but a tool's own lines, and the empty ones that set them off. The beginning of a line is held back only
 * while it may still be one of those, so that a program's unfinished line shows at once.
 */
export function withoutMessages(
  { beginnings: own, isSpaced }: LineMark,
  sink: (chunk: Uint8Array) => void,
): MessageFilter {
  const beginnings = isSpaced ? own.flatMap((each) => [each, `\n${each}`]) : own;
  let held = '';
  let said = '';
  let state: 'line-start' | 'in-line' | 'in-message' | 'after-message' = 'line-start';
  const pass = (text: string) => {
    if (text !== '') sink(Buffer.from(text, 'latin1'));
  };
  return {
    write(chunk) {
      const text = held + Buffer.from(chunk).toString('latin1');
      held = '';
      let out = '';
      for (let at = 0; at < text.length; ) {
        if (state === 'after-message') {
          if (isSpaced && text[at] === '\n') at++;
          state = 'line-start';
          continue;
        }
        if (state === 'line-start') {
          const rest = text.slice(at);
          const message = beginnings.find((each) => rest.startsWith(each));
          if (message !== undefined) {
            at += message.length;
            state = 'in-message';
            continue;
          }
          if (beginnings.some((each) => each.startsWith(rest))) {
            held = rest;
            break;
          }
          state = 'in-line';
        }
        const newline = text.indexOf('\n', at);
        const end = newline < 0 ? text.length : newline + 1;
        if (state === 'in-message') said = (said + text.slice(at, end)).slice(-MOST_SAID);
        else out += text.slice(at, end);
        if (newline >= 0) state = state === 'in-message' ? 'after-message' : 'line-start';
        at = end;
      }
      pass(out);
    },
    end() {
      pass(held);
      held = '';
    },
    said: () => said,
  };
}

const MOST_SAID = 1 << 16;
