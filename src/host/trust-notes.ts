import { dataQuality } from '../core/profile/data-quality.ts';
import type { Overview } from '../core/profile/queries/overview.ts';
import type { QualityNote } from '../protocol/panel-state.ts';

/** How far a recording can be trusted, and what its figures may mislead about; nothing is said in both. */
export function trustNotes(overview: Overview): { quality: QualityNote; mayMislead: readonly string[] } {
  const { mayMislead } = overview.origin;
  const { word, findings } = dataQuality(overview);
  return { quality: { word, findings: findings.filter((finding) => !mayMislead.includes(finding)) }, mayMislead };
}
