import { withoutParameters } from '../core/profile/short-name.ts';
import { eachAnswerLine, type Launch } from './symbolizer-process.ts';

/** A function's name for people: without parameters, as `perf report` prints it, and with them. */
export interface ReadableName {
  readonly name: string;
  readonly fullName: string;
}

/** Whether a name is one that a C++ or Rust compiler made. What else it holds besides such characters makes it another's. */
export function isMangled(name: string): boolean {
  return /^(?:_Z|_R|_GLOBAL_[._$])[A-Za-z0-9_.$]+$/.test(name);
}

/**
 * Readable forms of C++ and Rust names, all through one `c++filt` for each form (or one `llvm-cxxfilt`, which knows only the full form).
 * Names that can't be read, or all where there's no such program, are left out of the result.
 */
export async function demangle(
  launch: Launch,
  program: string | undefined,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadableName>> {
  const readable = new Map<string, ReadableName>();
  const mangled = names.filter(isMangled);
  if (program === undefined || mangled.length === 0) return readable;
  const input = `${mangled.join('\n')}\n`;
  const ask = async (argv: readonly string[]) => {
    const lines: string[] = [];
    await eachAnswerLine(launch, argv, input, (line) => lines.push(line), signal);
    if (lines.length !== mangled.length)
      throw new Error(`${program}: ${lines.length} answers to ${mangled.length} names`);
    return lines;
  };
  if (program.includes('llvm')) {
    const full = await ask([program]);
    for (const [at, name] of mangled.entries()) {
      if (full[at] !== name) readable.set(name, { name: withoutParameters(full[at]), fullName: full[at] });
    }
    return readable;
  }
  // -i leaves std::string as it is, and hashes off Rust names, as perf does.
  const [short, full] = await Promise.all([ask([program, '-i', '-p']), ask([program, '-i'])]);
  for (const [at, name] of mangled.entries()) {
    if (full[at] !== name) readable.set(name, { name: short[at], fullName: full[at] });
  }
  return readable;
}
