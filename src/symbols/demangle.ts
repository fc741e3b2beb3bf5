import { basename } from 'node:path';
import { withoutParameters } from '../core/profile/short-name.ts';
import { eachAnswerLine, type Launch } from './symbolizer-process.ts';

/** A function's name for people: without parameters, as `perf report` prints it, and with them. */
export interface ReadableName {
  readonly name: string;
  readonly fullName: string;
}

/** Whether a name is one that a C++ or Rust compiler made, maybe that of a stub for it (`@plt`). */
export function isMangled(name: string): boolean {
  return /^(?:_Z|_R|_GLOBAL_[._$])[A-Za-z0-9_.$]+(?:@plt)?$/.test(name);
}

/** A short mangled name can stand for one of gigabytes; all of a program's are a tenth of this. */
const MOST_LETTERS = 1 << 28;

/**
 * Readable forms of mangled names, all through one `c++filt` for each form (or one `llvm-cxxfilt`, which knows only the full form).
 * Names that can't be read are left out of the result. Throws where the program fails.
 */
export async function demangle(
  launch: Launch,
  program: string,
  mangled: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadableName>> {
  const readable = new Map<string, ReadableName>();
  const stub = (name: string) => (name.endsWith('@plt') ? '@plt' : '');
  const input = mangled.map((name) => `${name.slice(0, name.length - stub(name).length)}\n`).join('');
  const ask = async (argv: readonly string[]) => {
    const lines: string[] = [];
    let letters = 0;
    const keep = (line: string) => {
      lines.push(line);
      letters += line.length;
      if (letters > MOST_LETTERS) throw new Error(`${program}: names without end`);
    };
    await eachAnswerLine(launch, argv, input, keep, signal);
    if (lines.length !== mangled.length)
      throw new Error(`${program}: ${lines.length} answers to ${mangled.length} names`);
    return lines;
  };
  // -i leaves std::string as it is, and hashes off Rust names, as perf does.
  const isLlvm = basename(program).startsWith('llvm');
  const [full, bare] = await Promise.all(
    isLlvm ? [ask([program])] : [ask([program, '-i']), ask([program, '-i', '-p'])],
  );
  for (const [at, name] of mangled.entries()) {
    if (full[at] + stub(name) === name) continue;
    const short = bare ? bare[at] : withoutParameters(full[at]);
    readable.set(name, { name: short + stub(name), fullName: full[at] + stub(name) });
  }
  return readable;
}
