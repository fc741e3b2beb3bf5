import * as vscode from 'vscode';
import { watchFile } from '../../host/watch-file.ts';
import { type ComparedSource, fileSource } from './compared-source.ts';
import type { Comparison } from './comparison.ts';

/** The two that are compared are read again when the file of either is written anew; until what is given is disposed of. */
export function followFiles(comparison: Comparison): vscode.Disposable {
  let followed: readonly string[] = [];
  let watched: readonly vscode.Disposable[] = [];
  const follow = () => {
    const { pair } = comparison;
    // Two parts of a recording are of one file.
    const paths = pair ? [...new Set([pair.before.path, pair.after.path])] : [];
    if (paths.join('\n') === followed.join('\n')) return;
    followed = paths;
    for (const one of watched) one.dispose();
    watched = paths.map((path) => watchFile(path, () => void readAgain(comparison)));
  };
  const following = comparison.onDidChange(follow);
  return new vscode.Disposable(() => {
    following.dispose();
    for (const one of watched) one.dispose();
  });
}

async function readAgain(comparison: Comparison): Promise<void> {
  const { pair } = comparison;
  if (!pair) return;
  const [before, after] = await Promise.all([asOfNow(pair.before), asOfNow(pair.after)]);
  // Others may be compared meanwhile.
  if (comparison.pair === pair) await comparison.open({ before, after });
}

/** Of a file it is known when it was written; whether it can be read is said by who reads it. */
async function asOfNow(source: ComparedSource): Promise<ComparedSource> {
  if (source.runId !== undefined) return source;
  const now = await fileSource(source.path).catch(() => source);
  return { ...source, recordedAt: now.recordedAt };
}
