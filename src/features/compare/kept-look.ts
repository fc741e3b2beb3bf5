import { DIFF_WIDTHS } from '../../core/profile/diff/diff-tree.ts';
import { NORMALISATIONS, type Requests } from '../../core/profile/diff/normalisation.ts';
import type { CompareLook } from '../../protocol/compare.ts';

/** How two are looked at beside the filters, in terms that hold when they are read again: plain data. */
export interface KeptLook extends Omit<CompareLook, 'value' | 'operations'> {
  /** What the value is called that a person chose; `''` where nobody did. */
  readonly valueName: string;
  readonly requests: Requests | null;
}

/** The same from data that may be anything, without what isn't known here. */
export function keptLook(data: unknown): Partial<KeptLook> {
  const { normalise, width, inlines, kernel, valueName, requests } = fieldsOf(data);
  const by = NORMALISATIONS.find((known) => known === normalise);
  const wide = DIFF_WIDTHS.find((known) => known === width);
  return {
    ...(by ? { normalise: by } : {}),
    ...(wide ? { width: wide } : {}),
    ...(typeof inlines === 'boolean' ? { inlines } : {}),
    ...(typeof kernel === 'boolean' ? { kernel } : {}),
    ...(typeof valueName === 'string' ? { valueName } : {}),
    ...(isRequests(requests) ? { requests } : {}),
  };
}

function isRequests(data: unknown): data is Requests {
  const { before, after, name } = fieldsOf(data);
  return isCount(before) && isCount(after) && typeof name === 'string';
}

function isCount(data: unknown): data is number {
  return typeof data === 'number' && data > 0 && Number.isFinite(data);
}

function fieldsOf(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : {};
}
