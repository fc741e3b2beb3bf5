import type { Box } from '../../src/core/profile/flame-layout.ts';
import { FRAME_KINDS, NONE } from '../../src/core/profile/profile.ts';
import { baseName } from '../../src/core/profile/unknown-name.ts';
import { formatAmount, formatShare } from '../../src/core/units.ts';
import type { FlameScene } from './flame-painter.ts';

/** A scene, and the weight that shares are of. */
export interface FlamePicture extends FlameScene {
  readonly whole: number;
}

/** What there is to say of a frame, each as a person reads it; `''` where it isn't known. */
export interface FrameWords {
  readonly name: string;
  readonly fullName: string;
  readonly self: string;
  readonly selfShare: string;
  readonly total: string;
  readonly totalShare: string;
  /** Share of its caller's total. */
  readonly callerShare: string;
  readonly module: string;
  /** `matrix.hpp:12`. */
  readonly place: string;
  /** `matrix.hpp` with all of its path. */
  readonly file: string;
  /** `kernel`, `inlined`, `in the workspace`. */
  readonly notes: readonly string[];
}

export function frameWords({ tree, layout, whole, inWorkspace, rootLabel }: FlamePicture, box: Box): FrameWords {
  const node = layout.node[box];
  const func = tree.function[node];
  const { functions, value } = tree;
  const caller = tree.parent[node];
  const amount = (weight: number) => formatAmount(weight, value.unit, value.type);
  const figures = {
    self: amount(tree.self[node]),
    selfShare: formatShare(tree.self[node] / whole),
    total: amount(tree.total[node]),
    totalShare: formatShare(tree.total[node] / whole),
    callerShare: caller === NONE ? '' : formatShare(tree.total[node] / tree.total[caller]),
  };
  if (func === NONE)
    return { name: rootLabel, fullName: rootLabel, ...figures, module: '', place: '', file: '', notes: [] };
  const file = functions.file[func];
  const line = functions.startLine[func];
  const module = functions.module[func];
  return {
    name: functions.name[func],
    fullName: functions.fullName[func],
    ...figures,
    module: module === NONE ? '' : functions.modules[module],
    place: file === '' ? '' : line > 0 ? `${baseName(file)}:${line}` : baseName(file),
    file,
    notes: [
      ...(tree.kind[node] === 0 ? [] : [FRAME_KINDS[tree.kind[node]]]),
      ...(tree.inlined[node] === 1 ? ['inlined'] : []),
      ...(inWorkspace?.[func] === 1 ? ['in the workspace'] : []),
    ],
  };
}

/** A frame in one sentence, for a screen reader. */
export function frameSentence(picture: FlamePicture, box: Box): string {
  const words = frameWords(picture, box);
  const { layout } = picture;
  const calls = layout.firstChild[box + 1] - layout.firstChild[box];
  return [
    words.name,
    `self ${words.selfShare}`,
    `total ${words.totalShare}, ${words.total}`,
    ...words.notes,
    `depth ${layout.row[box]}`,
    calls === 0 ? 'calls nothing' : calls === 1 ? 'calls 1 function' : `calls ${calls} functions`,
  ].join(', ');
}

/** An aggregate: frames next to one another that are too narrow to draw apart. */
export function aggregateWords({ tree, layout, whole }: FlamePicture, box: Box, count: number) {
  let total = 0;
  for (let at = box; at < box + count; at++) total += tree.total[layout.node[at]];
  const share = formatShare(total / whole);
  const amount = formatAmount(total, tree.value.unit, tree.value.type);
  const what = count === 1 ? '1 frame' : `${count.toLocaleString('en')} frames`;
  return { title: `${what}, ${count === 1 ? '' : 'each '}narrower than half a pixel`, share, amount };
}
