import { type FlamePlaces, flamePlacesFrom, isStart, START } from './flame-places.ts';
import type { Operation } from './operations/operation.ts';
import type { Overview } from './queries/overview.ts';
import type { View } from './queries/query-model.ts';
import type { ShareOf } from './share-of.ts';
import { threadLabel } from './thread-label.ts';

/** A view in terms that a recording keeps when it is read again, perhaps by another version: for what is saved or sent. */
export interface PortableView {
  readonly value: { readonly type: string; readonly unit: string };
  readonly threads: readonly PortableThread[] | null;
  readonly inlines: boolean;
  readonly kernel: boolean;
  readonly operations: readonly Operation[];
  /** What shares are of; without it, what is in view. */
  readonly shareOf?: ShareOf;
  /** Where one is in the flame graph; without it, anywhere. */
  readonly places?: FlamePlaces;
}

export interface PortableThread {
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
}

export function portableView(
  { values, threads }: Overview,
  view: View,
  { shareOf = 'view', places = START }: { readonly shareOf?: ShareOf; readonly places?: FlamePlaces } = {},
): PortableView {
  const { type, unit } = values[view.value];
  const named = (index: number) => {
    const { pid, tid, name } = threads[index];
    return { pid, tid, name };
  };
  const { inlines, kernel, operations } = view;
  return {
    value: { type, unit },
    threads: view.threads?.map(named) ?? null,
    inlines,
    kernel,
    operations,
    ...(shareOf === 'view' ? {} : { shareOf }),
    ...(isStart(places) ? {} : { places }),
  };
}

/** The same from data that may be anything; its operations still are. Undefined where it is no view. */
export type UncheckedView = Omit<PortableView, 'operations'> & { readonly operations: readonly unknown[] };

export function uncheckedView(data: unknown): UncheckedView | undefined {
  if (!isRecord(data)) return undefined;
  const { value, threads, inlines, kernel, operations, shareOf } = data;
  if (!isRecord(value) || typeof value['type'] !== 'string' || typeof value['unit'] !== 'string') return undefined;
  if (typeof inlines !== 'boolean' || typeof kernel !== 'boolean' || !Array.isArray(operations)) return undefined;
  if (threads !== null && !(Array.isArray(threads) && threads.every(isThread))) return undefined;
  if (shareOf !== undefined && shareOf !== 'all' && shareOf !== 'view') return undefined;
  const places = flamePlacesFrom(data['places']);
  if (data['places'] !== undefined && !places) return undefined;
  const { type, unit } = value as { type: string; unit: string };
  return {
    value: { type, unit },
    threads: threads as readonly PortableThread[] | null,
    inlines,
    kernel,
    operations,
    ...(shareOf === undefined ? {} : { shareOf }),
    ...(places ? { places } : {}),
  };
}

/** The view of a recording, and what of it the recording hasn't, a sentence each: that is as it is by default. */
export function viewFrom(
  { values, threads, defaultView, hasTimes }: Overview,
  { value, threads: wanted, inlines, kernel, operations }: PortableView,
): { readonly view: View; readonly missing: readonly string[] } {
  const missing: string[] = [];
  const sameType = values.findIndex(({ type }) => type === value.type);
  const same = values.findIndex(({ type, unit }) => type === value.type && unit === value.unit);
  if (sameType < 0) missing.push(`It has no value ${JSON.stringify(value.type)}.`);
  const found = wanted?.flatMap((thread) => {
    const index = threads.findIndex((known) => isSame(known, thread) && known.pid === thread.pid);
    const near = index < 0 ? threads.findIndex((known) => isSame(known, thread)) : index;
    if (near < 0) missing.push(`It has no thread ${threadLabel({ ...thread, name: JSON.stringify(thread.name) })}.`);
    return near < 0 ? [] : [near];
  });
  const known = operations.filter(({ op }) => hasTimes || !(op === 'from' || op === 'to'));
  if (known.length < operations.length) missing.push('It has no times, so no range of them.');
  const view = {
    value: [same, sameType, defaultView.value].find((index) => index >= 0) ?? 0,
    threads: found && found.length > 0 ? [...new Set(found)] : null,
    inlines,
    kernel,
    operations: known,
  };
  return { view, missing };
}

function isSame(a: PortableThread, b: PortableThread): boolean {
  return a.tid === b.tid && a.name === b.name;
}

function isThread(data: unknown): data is PortableThread {
  if (!isRecord(data)) return false;
  return Number.isInteger(data['pid']) && Number.isInteger(data['tid']) && typeof data['name'] === 'string';
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
