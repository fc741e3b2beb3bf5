import type { Tool } from './tool.ts';

export const go: Tool = {
  name: 'go',
  purpose: 'CPU profiles of Go’s tests and benchmarks, by Go’s own runtime',
  executables: ['go'],
  versionArguments: ['version'],
  versionIn: /go version go(\S+)/,
  packages: { debian: 'golang-go', ubuntu: 'golang-go', fedora: 'golang', arch: 'go' },
  withoutIt: 'Go’s tests can’t be run; Go programs that are built are recorded with perf.',
  required: false,
};

/** What of a command line `go test` is put together with: what comes before the options that are added, and after. */
export interface GoTestCommand {
  readonly go: string;
  /** `-C DIR`, which has to be the first option. */
  readonly folder: readonly string[];
  readonly rest: readonly string[];
}

/** The parts of `go test …`; undefined for another command, or one that asks for a CPU profile, or a place for the program, itself. */
export function goTestCommand(argv: readonly string[]): GoTestCommand | undefined {
  const [program = '', command, ...rest] = argv;
  if (!/(^|\/)go$/.test(program) || command !== 'test') return undefined;
  if (rest.some((word) => /^--?((test\.)?cpuprofile|o|c)(=|$)/.test(word))) return undefined;
  const words = rest[0] === '-C' ? 2 : /^-C=/.test(rest[0] ?? '') ? 1 : 0;
  return { go: program, folder: rest.slice(0, words), rest: rest.slice(words) };
}

/** The command line that writes a CPU profile, and the program that was tested to where it is in nobody's way. */
export function goTestArgv({ go: path, folder, rest }: GoTestCommand, output: string): string[] {
  return [path, 'test', ...folder, `-cpuprofile=${output}`, `-o=${output}.program`, ...rest];
}
