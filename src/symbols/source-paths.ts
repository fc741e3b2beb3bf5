import { stat } from 'node:fs/promises';
import { isAbsolute, join, normalize } from 'node:path';
import { filesByName } from './files-by-name.ts';

/** Where a source file that a recording names is on this machine. */
export type SourceMatch =
  | { readonly kind: 'found'; readonly path: string }
  /** Several files fit equally well, or one fits by nothing but its name. A person has to say which. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] }
  | { readonly kind: 'missing' };

export interface SourcePathOptions {
  /** Folders of the workspace, absolute. */
  readonly folders: readonly string[];
  /** Where recorded folders are here, as a person has set it: `{"/build/src": "/home/me/src"}`. */
  readonly mapped?: Readonly<Record<string, string>>;
}

/**
 * Finds the source files of a recording, which may have been made in another folder or on another machine. In this order: what a
 * person has said; the recorded path itself; the file of the workspace with the longest common end of its path, if it is the only one
 * and agrees in more than its name. Nothing is guessed.
 */
export class SourcePaths {
  readonly #options: SourcePathOptions;
  readonly #known = new Map<string, Promise<SourceMatch>>();
  #byName: Promise<ReadonlyMap<string, readonly string[]>> | undefined;

  constructor(options: SourcePathOptions) {
    this.#options = options;
  }

  /** Where a recorded path is. The answer is kept. */
  locate(recorded: string): Promise<SourceMatch> {
    let match = this.#known.get(recorded);
    if (!match) {
      match = this.#search(recorded);
      this.#known.set(recorded, match);
    }
    return match;
  }

  /** A person has said where a recorded path is. */
  choose(recorded: string, path: string): void {
    this.#known.set(recorded, Promise.resolve({ kind: 'found', path }));
  }

  async #search(recorded: string): Promise<SourceMatch> {
    if (recorded === '') return { kind: 'missing' };
    const path = normalize(recorded);
    for (const [from, to] of Object.entries(this.#options.mapped ?? {})) {
      const rest = below(path, normalize(from));
      const mapped = rest === undefined ? undefined : join(to, rest);
      if (mapped !== undefined && (await isFile(mapped))) return { kind: 'found', path: mapped };
    }
    if (isAbsolute(path) && (await isFile(path))) return { kind: 'found', path };
    this.#byName ??= filesByName(this.#options.folders);
    const parts = pathParts(path);
    return bestEnding(parts, (await this.#byName).get(parts.at(-1) ?? '') ?? []);
  }
}

/** The candidate whose path ends most like the recorded one. */
function bestEnding(recorded: readonly string[], candidates: readonly string[]): SourceMatch {
  let best: string[] = [];
  let longest = 0;
  for (const candidate of candidates) {
    const length = commonEnd(recorded, pathParts(candidate));
    if (length > longest) {
      longest = length;
      best = [];
    }
    if (length === longest) best.push(candidate);
  }
  if (best.length === 0) return { kind: 'missing' };
  const agreesInMoreThanName = longest > 1 || recorded.length === 1;
  return best.length === 1 && agreesInMoreThanName
    ? { kind: 'found', path: best[0] }
    : { kind: 'ambiguous', candidates: best };
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

/** Names from the root to the file; a relative path's `..` says nothing about where it ends, and is left out. */
function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
}

/** What of `path` is below `folder`, or undefined where it isn't. */
function below(path: string, folder: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
