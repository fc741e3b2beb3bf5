import type { Normalisation } from '../../../src/core/profile/diff/normalisation.ts';
import type { Compared, CompareTree } from '../../../src/protocol/compare.ts';
import type { QualityNote } from '../../../src/protocol/panel-state.ts';

/** How the two were made comparable, for the row under the picture. */
export function basisText({ look }: Compared, { scale, tree }: CompareTree): string {
  return BASES[look.normalise](Number(scale.after.toPrecision(3)).toString(), tree.value.unit);
}

const BASES: Readonly<Record<Normalisation, (factor: string, unit: string) => string>> = {
  nothing: () => 'as recorded',
  total: (factor) => `after × ${factor}, to the same total`,
  samples: (factor) => `after × ${factor}, to as many samples`,
  duration: () => 'per second',
  requests: () => 'per request',
};

/** How far the data of both can be trusted. */
export function qualityNote({ before, after, differences }: Compared): QualityNote {
  const words =
    before.quality.word === after.quality.word
      ? before.quality.word
      : `${before.quality.word} before, ${after.quality.word} after`;
  const count = differences.length;
  return {
    word: count === 0 ? words : `${words} · ${count === 1 ? '1 difference' : `${count} differences`}`,
    findings: [
      ...before.quality.findings.map((finding) => `Before: ${finding}`),
      ...after.quality.findings.map((finding) => `After: ${finding}`),
    ],
  };
}
