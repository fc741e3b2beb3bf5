import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { WRITERS } from '../core/writers/index.ts';
import { writeRecording } from '../runs/write-recording.ts';
import { type Call, text, UsageError } from './command.ts';
import type { Input } from './input.ts';

/** Where a recording is written to in another format. */
export interface Output {
  /** What messages call it. */
  readonly name: string;
  /** Writes what an input shows. Gives what the format can't hold, in words. */
  write(input: Input): Promise<readonly string[]>;
}

/** The file that OUT names, or standard output for `-`. Throws UsageError where nothing could be written to it. */
export function outputOf(call: Call, word: string | undefined): Output {
  if (word === undefined || word === '')
    throw new UsageError('OUT is missing: the file to write, or - for standard output. See perfwright convert --help.');
  const format = text(call, 'format');
  if (word === '-') return { name: 'the output', write: standardOutput(call, extensionOf(format)) };
  if (format !== undefined) {
    throw new UsageError(`--format is for - only: of a file the extension says it. Leave it out for ${word}.`);
  }
  const path = resolve(call.cwd, word);
  if (word.endsWith('/') || statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${path} is a folder: name the file to write in it.`);
  checkExtension(word);
  checkFolder(word, dirname(path));
  return { name: word, write: ({ model, view, path: recording }) => writeRecording(model, view, path, recording) };
}

const EXTENSIONS = WRITERS.map(({ extension }) => extension);
const KNOWN = EXTENSIONS.join(' ');

function extensionOf(format: string | undefined): string {
  if (format === undefined) {
    throw new UsageError(`- has no extension that says its format: add --format and one of ${KNOWN}.`);
  }
  const wanted = `.${format.replace(/^\./, '')}`.toLowerCase();
  const found = EXTENSIONS.find((extension) => extension === wanted);
  if (found === undefined) throw new UsageError(`--format is ${JSON.stringify(format)}, expected one of: ${KNOWN}.`);
  return found;
}

function checkExtension(word: string): void {
  if (EXTENSIONS.some((extension) => word.toLowerCase().endsWith(extension))) return;
  const [, extension] = /[^.](\.[^.]+(?:\.gz)?)$/i.exec(basename(word)) ?? [];
  if (extension === undefined) {
    throw new UsageError(`${word} has no extension, which would say the format. Known: ${KNOWN}.`);
  }
  const elsewhere = extension.toLowerCase() === '.png' ? ' A PNG is saved from the flame graph in the editor.' : '';
  throw new UsageError(
    `${word}: no format that is written has the extension ${extension}. Known: ${KNOWN}.${elsewhere}`,
  );
}

/** Throws UsageError where the folder that OUT is to be in isn't there, or what `fs` throws. */
function checkFolder(word: string, folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (!there) throw new UsageError(`${word} can't be written: there is no folder ${folder}.`);
  if (!there.isDirectory()) throw new UsageError(`${word} can't be written: ${folder} is not a folder.`);
}

/** By way of a file: standard output, too, gets the whole or nothing. */
function standardOutput({ terminal }: Call, extension: string): Output['write'] {
  if (isatty(1)) throw new UsageError('Standard output is a terminal: pipe it on, or name a file instead of -.');
  return async ({ model, view, path: recording }) => {
    const folder = mkdtempSync(join(tmpdir(), 'perfwright-'));
    try {
      const file = join(folder, `out${extension}`);
      const losses = await writeRecording(model, view, file, recording);
      terminal.outBytes(readFileSync(file));
      return losses;
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}
