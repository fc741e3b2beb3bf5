/** Code that was mapped, as a line of a memory map tells. */
export interface Mapping {
  readonly start: bigint;
  readonly limit: bigint;
  readonly offset: bigint;
  readonly file: string;
  readonly buildId: string;
}

/** Whether a line says that what follows it is a memory map. */
export function isMemoryMapStart(line: string): boolean {
  return line.includes('--- Memory map: ---') || line.includes('MAPPED_LIBRARIES:');
}

/**
 * Reads a memory map line by line: as in `/proc/PID/maps`, or the short form `START-END: FILE (@OFFSET) BUILDID`. Lines that are neither
 * are left out, as pprof does. (parseProcMapsFromScanner in https://github.com/google/pprof/blob/main/profile/legacy_profile.go)
 */
export class MemoryMap {
  readonly mappings: Mapping[] = [];
  /** Mappings beyond the most that are kept. */
  dropped = 0;
  readonly #texts = new Map<string, string>();

  line(text: string): void {
    const line = this.#replaced(text.replace(/^[^[\]]+:[0-9]+]\s/, ''));
    const range = /^\s*(?:0x)?([\da-f]+)[\s-]\s*(?:0x)?([\da-f]+):?(?=\s|$)/i.exec(line);
    if (!range || range[1].length > 16 || range[2].length > 16) {
      this.#addText(line);
      return;
    }
    const words = line.slice(range[0].length).trim().split(/\s+/);
    const permissions = /^[-rwxp]+$/.test(words[0]) ? words.shift()! : '';
    if (permissions !== '' && !permissions.includes('x')) return;
    if (this.mappings.length >= MOST_MAPPINGS) {
      this.dropped++;
      return;
    }
    const rest = ofProc(words) ?? ofShortForm(words);
    this.mappings.push({ start: BigInt(`0x${range[1]}`), limit: BigInt(`0x${range[2]}`), ...rest });
  }

  /** The mappings as pprof puts them: what lies side by side in one file is one, and the program comes first. */
  finish(): Mapping[] {
    const merged: Mapping[] = [];
    for (const mapping of this.mappings) {
      const last = merged.at(-1);
      if (last && isContinued(last, mapping)) {
        const file = mapping.file || last.file;
        const buildId = mapping.buildId || last.buildId;
        merged[merged.length - 1] = { ...last, limit: mapping.limit, file, buildId };
      } else {
        merged.push(mapping);
      }
    }
    const program = merged.findIndex(({ file }) => {
      const name = file.replaceAll('(deleted)', '').trim();
      return name !== '' && !/\.so$|\.so[._][0-9]+/.test(name) && !name.startsWith('[');
    });
    if (program > 0) [merged[0], merged[program]] = [merged[program], merged[0]];
    return merged;
  }

  /** `NAME=TEXT`: in what follows, `$NAME` stands for the text. */
  #addText(line: string): void {
    const at = line.indexOf('=');
    if (at !== -1 && this.#texts.size < MOST_TEXTS)
      this.#texts.set(`$${line.slice(0, at).trim()}`, line.slice(at + 1).trim());
  }

  #replaced(line: string): string {
    if (this.#texts.size === 0 || !line.includes('$')) return line;
    let result = line;
    for (const [name, text] of this.#texts) {
      result = result.replaceAll(name, () => text);
      if (result.length > LONGEST_LINE) return line;
    }
    return result;
  }
}

type Rest = Pick<Mapping, 'offset' | 'file' | 'buildId'>;

/** `[OFFSET] MAJOR:MINOR INODE [FILE]` */
function ofProc(words: readonly string[]): Rest | undefined {
  const device = HEX.test(words[0]) ? 1 : 0;
  if (!/^[\da-f]+:[\da-f]+$/i.test(words[device] ?? '') || !/^\d+$/.test(words[device + 1] ?? '')) return undefined;
  return { offset: device === 1 ? BigInt(`0x${words[0]}`) : 0n, file: words[device + 2] ?? '', buildId: '' };
}

/** `[FILE] [(@OFFSET)] [BUILDID]` */
function ofShortForm(words: readonly string[]): Rest {
  let at = 0;
  const file = words[at]?.startsWith('(@') ? '' : (words[at++] ?? '');
  const offset = /^\(@([\da-f]{1,16})\)$/i.exec(words[at] ?? '');
  if (offset) at++;
  const buildId = /^[\da-f]+$/i.test(words[at] ?? '') ? words[at] : '';
  return { offset: offset ? BigInt(`0x${offset[1]}`) : 0n, file, buildId };
}

function isContinued(first: Mapping, second: Mapping): boolean {
  const differ = (a: string, b: string) => a !== '' && b !== '' && a !== b;
  if (differ(first.file, second.file) || differ(first.buildId, second.buildId)) return false;
  if (first.limit !== second.start) return false;
  if (first.offset === 0n || second.offset === 0n) return true;
  return first.offset + (first.limit - first.start) === second.offset;
}

const HEX = /^[\da-f]{1,16}$/i;
const MOST_MAPPINGS = 10_000;
const MOST_TEXTS = 100;
const LONGEST_LINE = 65536;
