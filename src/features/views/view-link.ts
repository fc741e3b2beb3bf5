import type { PortableView } from '../../core/profile/portable-view.ts';
import { type UncheckedView, uncheckedView } from '../../core/profile/portable-view.ts';

/** What a link leads to: a run by its id, or a file by its path, and the view of it. */
export interface LinkedView {
  readonly recording: LinkedRecording;
  readonly view: UncheckedView;
}

export type LinkedRecording =
  | { readonly run: string }
  /** With `folder`, the path is within the open folder of that name; without, it is absolute. */
  | { readonly file: string; readonly folder?: string };

/** The path of links to views. */
export const LINK_PATH = '/view';

/**
 * The link's query. An address that VS Code hands over has been decoded already, so that `&` and `=` in a value couldn't be told from
 * others: everything is one word of letters that need no coding. Names of a deep stack may be longer than a link can be: it then leads to the
 * view, wherever one is in it.
 */
export function linkQuery(recording: LinkedRecording, view: PortableView): string {
  const word = Buffer.from(JSON.stringify({ ...recording, view })).toString('base64url');
  if (word.length <= LONGEST_LINK || view.places === undefined) return `data=${word}`;
  const { places: _, ...rest } = view;
  return linkQuery(recording, rest);
}

/** What a link's query says, which may come from anyone; undefined where it isn't such a link. */
export function readLinkQuery(query: string): LinkedView | undefined {
  const word = /^data=([\w-]+)$/.exec(query)?.[1];
  if (word === undefined || word.length > LONGEST_LINK) return undefined;
  const data = parsed(Buffer.from(word, 'base64url').toString('utf8'));
  if (!data) return undefined;
  const view = uncheckedView(data['view']);
  const { run, file, folder } = data;
  if (!view || (folder !== undefined && typeof folder !== 'string')) return undefined;
  if (typeof run === 'string' && file === undefined) return { recording: { run }, view };
  if (typeof file !== 'string' || file === '' || file.includes('\0') || run !== undefined) return undefined;
  return { recording: { file, ...(folder === undefined ? {} : { folder }) }, view };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

/** Longer than any that a person makes: 100 operations of 500 letters each. */
const LONGEST_LINK = 100_000;
