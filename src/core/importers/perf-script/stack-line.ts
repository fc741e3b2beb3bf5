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
 * The same for a header's rest, where other columns may stand before the address (`-F +addr,data_src,weight`; the address of data may have
 * a name and a module of its own) and behind the module (`-F +phys_addr,data_page_size,brstack,uregs`): the address is the last of the
 * numbers that a symbol follows. A module or an offset tells such a line from a tracepoint's payload. (tools/perf/builtin-script.c:
 * process_event, print_sample_addr.)
 */
export function readHeaderPlace(text: string): StackLine | undefined {
  const { before, module } = splitModule(withoutLaterColumns(text));
  if (module === undefined) return /^[0-9a-f]{1,16} \S+\+0x[0-9a-f]+$/.test(text) ? readStackLine(text) : undefined;
  return readStackLine(`${fromAddress(before)} (${module})`);
}

/** The text from the last number in a column as wide as perf's addresses are; else from the last of the first numbers that a symbol follows. */
function fromAddress(text: string): string {
  const columns = [...text.matchAll(/(?<=\s)( {0,15}[0-9a-f]{1,16})(?=\s|$)/g)];
  const address = columns.findLast(([column]) => column.length === ADDRESS_WIDTH);
  if (address) return text.slice(address.index).trim();
  const tokens = text
    .slice(text.lastIndexOf('|') + 1)
    .trim()
    .split(/\s+/);
  let first = 0;
  while (first + 1 < tokens.length - 1 && ADDRESS.test(tokens[first + 1])) first++;
  return tokens.slice(first).join(' ');
}

/** The text up to its last module, where only such columns as perf prints behind it follow. */
function withoutLaterColumns(text: string): string {
  const last = /^.*\s\([/[][^()]*(?: \(deleted\))?\)(?=\s)/.exec(text);
  if (!last) return text;
  const [found] = last;
  const columns = text.slice(found.length).trim().split(/\s+/);
  return columns.every((column) => LATER_COLUMN.test(column)) ? found : text;
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
const ADDRESS_WIDTH = 16;
/** A physical address, the size of a page, a branch (`0x1/0x2/P/-/-/0`) or a register (`ABI:2`, `AX:0x0`). */
const LATER_COLUMN = /^(?:[0-9a-f]{1,16}|N\/A|\d+[KMGT]|\S+\/[MPN-]\/\S*|ABI:\d+|[A-Z][A-Z0-9]*:0x[0-9a-f]+)$/;
const OPEN = 0x28;
const CLOSE = 0x29;
