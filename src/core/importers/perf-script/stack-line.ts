/** One place of a stack, as perf printed it: `    55d1c6 main+0x1f (/bin/program)`. */
export interface StackLine {
  readonly address: bigint;
  /** Name as printed, without its offset; `''` where perf knew none. */
  readonly symbol: string;
  /** Path or bracketed name of the module; `''` where it isn't known or isn't printed. */
  readonly module: string;
  /** perf marked it as inlined into the line that follows. Then there's no module. */
  readonly inlined: boolean;
  /** A module is printed, be it `[unknown]`. */
  readonly hasModule: boolean;
}

/**
 * Reads a line of a call chain, without its leading blanks, or what follows the event where there is no call chain;
 * undefined where it is something else: registers, branches, instructions, a payload.
 */
export function readStackLine(text: string): StackLine | undefined {
  const inlined = text.endsWith(INLINED);
  const { before, module } = inlined
    ? { before: text.slice(0, -INLINED.length), module: undefined }
    : splitModule(text);
  const place = ADDRESS.exec(before);
  if (!place) return undefined;
  const symbol = before.slice(place[0].length).trim().replace(OFFSET, '');
  // Instructions (-F +insn), or a line cut in the middle of its module.
  if (symbol.startsWith('insn:') || symbol.startsWith('ilen:')) return undefined;
  if (module === undefined && !inlined && symbol.includes(' (')) return undefined;
  return {
    address: BigInt(`0x${place[1]}`),
    symbol: UNKNOWN.test(symbol) ? '' : symbol,
    module: module === undefined || module === '[unknown]' ? '' : module,
    inlined,
    hasModule: module !== undefined,
  };
}

/**
 * The same for a header's rest, where other columns may stand before the address (`-F +addr,data_src,weight`): the
 * address is the last of the numbers that a symbol follows. A module or an offset tells such a line from a tracepoint's
 * payload.
 */
export function readHeaderPlace(text: string): StackLine | undefined {
  const { before, module } = splitModule(text);
  if (module === undefined) return /^[0-9a-f]{1,16} \S+\+0x[0-9a-f]+$/.test(text) ? readStackLine(text) : undefined;
  const columns = before.slice(before.lastIndexOf('|') + 1).trim();
  const tokens = columns.split(/\s+/);
  let address = 0;
  while (address + 1 < tokens.length - 1 && ADDRESS.test(tokens[address + 1])) address++;
  return readStackLine(`${tokens.slice(address).join(' ')} (${module})`);
}

/** `sym+0x1 (/path)` as `sym+0x1` and `/path`. The brackets of a path are balanced: `(/memfd:jit (deleted))`. */
function splitModule(text: string): { before: string; module: string | undefined } {
  let depth = 0;
  for (let at = text.length - 1; at >= 0 && text.endsWith(')'); at--) {
    const char = text.charCodeAt(at);
    if (char === CLOSE) depth++;
    else if (char === OPEN && --depth <= 0 && at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) {
      return { before: text.slice(0, at), module: text.slice(at + 1, -1).replace(OFFSET, '') };
    }
  }
  return { before: text, module: undefined };
}

const INLINED = ' (inlined)';
const ADDRESS = /^([0-9a-f]{1,16})(?=\s|$)/;
const OFFSET = /\+0x[0-9a-f]+$/;
const UNKNOWN = /^\[(unknown|0x[0-9a-f]+)\]$/;
const OPEN = 0x28;
const CLOSE = 0x29;
