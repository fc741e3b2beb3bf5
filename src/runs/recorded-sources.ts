import { realpath } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { type SourceMatch, SourcePaths } from '../symbols/source-paths.ts';
import { committedText, type GitState } from './git-state.ts';
import { type ProfiledText, profiledText } from './profiled-text.ts';

export type { SourceMatch };

/** What is known of the sources of a recording, beside what the recording says. */
export interface SourceFacts {
  /** Paths of source files as recorded, the costliest first. */
  readonly files: readonly string[];
  readonly recordedAt: Date;
  /** Copies of files that the run kept, by the file's absolute path. */
  readonly copies?: ReadonlyMap<string, string>;
  /** The repository as it was, where git may be asked. */
  readonly git?: GitState;
  /** Folders of the workspace, absolute. */
  readonly folders: readonly string[];
  /** Where recorded folders are here, as a person has set it. */
  readonly mapped: Readonly<Record<string, string>>;
}

/** The source files of a recording: where they are on this machine, and what text they had. */
export class RecordedSources {
  readonly #facts: SourceFacts;
  readonly #paths: SourcePaths;
  readonly #byName: ReadonlyMap<string, readonly string[]>;
  readonly #texts = new Map<string, Promise<ProfiledText>>();

  constructor(facts: SourceFacts) {
    this.#facts = facts;
    this.#paths = new SourcePaths(facts);
    this.#byName = Map.groupBy(facts.files, (path) => basename(path));
  }

  /** Where a recorded path is on this machine. */
  locate(recorded: string): Promise<SourceMatch> {
    return this.#paths.locate(recorded);
  }

  /** A person has said where a recorded path is. */
  choose(recorded: string, path: string): void {
    this.#paths.choose(recorded, path);
  }

  /** Whether a file of this name was recorded: a quick look, before `recordedPath`. */
  hasName(path: string): boolean {
    return this.#byName.has(basename(path));
  }

  /** The costliest recorded path that is this file. */
  async recordedPath(path: string): Promise<string | undefined> {
    const candidates = this.#byName.get(basename(path));
    if (!candidates) return undefined;
    const real = await realPath(path);
    for (const recorded of candidates) {
      const match = await this.#paths.locate(recorded);
      if (match.kind === 'found' && (match.path === path || (await realPath(match.path)) === real)) return recorded;
    }
    return undefined;
  }

  /**
   * The text that a file had when it was recorded.
   * @param program path of the program or library that the file was compiled into; '' where it isn't known
   */
  text(path: string, program: string): Promise<ProfiledText> {
    const { recordedAt, copies, git } = this.#facts;
    let text = this.#texts.get(path);
    if (!text) {
      const committed = git && wasCommitted(git, path) ? () => committedText(git, relative(git.root, path)) : undefined;
      text = profiledText(path, { recordedAt, program, copy: copies?.get(path), committed });
      this.#texts.set(path, text);
    }
    return text;
  }
}

/** Whether a file was as the commit has it. */
function wasCommitted({ root, dirty, dirtyMore }: GitState, path: string): boolean {
  const way = relative(root, path);
  return !dirtyMore && !way.startsWith('..') && !dirty.includes(way);
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
