/**
 * A sink for stderr that lets everything through but perf's own lines on how often it woke up and how much it wrote. The beginning of
 * a line is held back only while it may still be one of those, so that a program's unfinished line shows at once.
 */
export function withoutPerfMessages(sink: (chunk: Uint8Array) => void): (chunk: Uint8Array) => void {
  let held = '';
  let inMessage = false;
  let atLineStart = true;
  return (chunk) => {
    const text = held + Buffer.from(chunk).toString('latin1');
    held = '';
    let out = '';
    for (let at = 0; at < text.length; ) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline + 1;
      const part = text.slice(at, end);
      if (atLineStart && newline < 0 && MESSAGE.startsWith(part)) {
        held = part;
        break;
      }
      if (atLineStart) inMessage = part.startsWith(MESSAGE);
      if (!inMessage) out += part;
      atLineStart = newline >= 0;
      at = end;
    }
    if (out !== '') sink(Buffer.from(out, 'latin1'));
  };
}

const MESSAGE = '[ perf record: ';
