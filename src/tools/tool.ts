/** Somebody else's program that we run: what it is for, where it comes from, and what it leaves. It describes; `run.ts` performs. */
export interface Tool {
  readonly name: string;
  /** What it is for, in a few words that follow "for". */
  readonly purpose: string;
  /** Names it goes by on PATH, the one to take first. */
  readonly executables: readonly string[];
  /** Names with a version at the end (`llvm-symbolizer-19`) that are taken too, the highest first; none where undefined. */
  readonly versionedAs?: string;
  /** Arguments that make it print its version, and what finds the version in that. */
  readonly versionArguments: readonly string[];
  readonly versionIn: RegExp;
  /** The package with it, by distribution; or the command line that installs it, the same everywhere. */
  readonly packages: ToolPackages | string;
  /** What can't be done without it, in one sentence. */
  readonly withoutIt: string;
  /** Whether nothing at all can be recorded without it. */
  readonly required: boolean;
}

/** The package with the tool, by distribution; `KERNEL` in it stands for the release of the running kernel. */
export interface ToolPackages {
  readonly debian: string;
  readonly ubuntu: string;
  readonly fedora: string;
  readonly arch: string;
}

/** The setting with the tool's path: of the machine, since a workspace must not choose what is run. */
export function settingOf(tool: Tool): string {
  return `perfwright.tools.${tool.name}.path`;
}
