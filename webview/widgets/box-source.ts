import type { Box } from '../../src/core/profile/flame-layout.ts';
import { NONE } from '../../src/core/profile/profile.ts';
import type { SourcePlace } from '../../src/protocol/flame-graph.ts';
import type { FlamePicture } from './frame-words.ts';

/** Where a box's function is written, with its name; undefined for the root. The file is `''` where it isn't known. */
export function boxSource({ tree, layout }: FlamePicture, box: Box): (SourcePlace & { name: string }) | undefined {
  const node = layout.node[box];
  const func = tree.function[node];
  if (func === NONE) return undefined;
  const { file, startLine, name } = tree.functions;
  return { name: name[func], file: file[func], line: startLine[func] || tree.line[node] };
}

export function noSourceOf(name: string): string {
  return `The source of ${name} is not known: there is no debug information for it.`;
}
