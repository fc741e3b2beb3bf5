import { type DiffRow, diffTop } from '../../core/profile/diff/diff-top.ts';
import { NORMALISATIONS, type Normalisation, type Requests } from '../../core/profile/diff/normalisation.ts';
import { isChanceKnown, rowMargin } from '../../core/profile/diff/poisson-interval.ts';
import { sideOf } from '../../core/profile/diff/side-of.ts';
import { type Diff, diff as diffOf } from '../../core/profile/diff.ts';
import { GROUPINGS } from '../../core/profile/frame-keys.ts';
import type { Operation } from '../../core/profile/operations/operation.ts';
import {
  isReversed,
  momentRange,
  partsMeet,
  type RecordingPart,
  type TimeRange,
} from '../../core/profile/operations/time-range.ts';
import { modulePath } from '../../core/profile/queries/function-place.ts';
import { type Call, type Command, EXIT, oneOf, text, UsageError, wholeNumber } from '../command.ts';
import { diffText } from '../diff-text.ts';
import { type Input, readInput, tellWarnings, VIEW_OPTIONS, viewed } from '../input.ts';
import { OPERATION_NOTES } from '../operation-options.ts';

export const diff: Command = {
  usage: 'diff A [B] [--by function|line|file|module] [--normalize BY] [--value TYPE] [--limit N] [--json]',
  summary: 'What costs more and what costs less in B than in A; or in a part of A than in another.',
  options: {
    by: { type: 'string', value: 'GROUPING', help: `One of ${GROUPINGS.join(', ')}; function by default.` },
    normalize: { type: 'string', value: 'BY', help: `One of ${NORMALISATIONS.join(', ')}; nothing by default.` },
    requests: { type: 'string', value: 'N,N', help: 'How many there were in A and in B; compares per request.' },
    'request-name': { type: 'string', value: 'NAME', help: 'What one of them is called; request by default.' },
    before: { type: 'string', value: 'FROM..TO', help: 'This range of time of A: 0..10s, 5%..50%, 10s..' },
    after: { type: 'string', value: 'FROM..TO', help: 'This range of time of B, or of A where there is no B.' },
    order: { type: 'string', value: 'self|total', help: 'Whose change the rows are sorted by; self by default.' },
    limit: { type: 'string', value: 'N', help: 'At most N rows; 20 by default, with --json all.' },
    ...VIEW_OPTIONS,
    json: { type: 'boolean', help: 'Print JSON, schema perfwright.diff/1.' },
  },
  takes: 2,
  notes: OPERATION_NOTES,
  async run(call) {
    const by = oneOf(call, 'by', GROUPINGS) ?? 'function';
    const order = oneOf(call, 'order', ['self', 'total']) ?? 'self';
    const isJson = call.values['json'] === true;
    const limit = wholeNumber(call, 'limit', 0) ?? (isJson ? Number.POSITIVE_INFINITY : 20);
    const requests = requestsOf(call);
    const normalise = normalisationOf(call, requests);
    const [from, to] = call.positionals;
    const ranges = { before: rangeOf(call, 'before'), after: rangeOf(call, 'after') };
    if (to === undefined && !ranges.before && !ranges.after) {
      throw new UsageError('B is missing: a second recording, or --before and --after, ranges of time of the first.');
    }
    const a = await readInput(call, from);
    const b = to === undefined ? a : await readInput(call, to);
    tellWarnings(call, ...new Set([a, b]));
    const [type, other] = [a.value, b.value];
    if (type.type !== other.type || type.unit !== other.unit) {
      throw new UsageError(
        `A counts ${type.type} (${type.unit}) and B ${other.type} (${other.unit}); --value names what both have.`,
      );
    }
    const seen = (input: Input, side: 'before' | 'after') => {
      const view = { ...input.view, operations: [...withinRange(ranges[side]), ...input.view.operations] };
      viewed(call, input, view, side);
      return sideOf(input.model, view);
    };
    const before = seen(a, 'before');
    const after = seen(b, 'after');
    const sharesSamples = a.path === b.path && partsMeet(a.model.profile, partOf(ranges.before), partOf(ranges.after));
    if (sharesSamples) {
      call.terminal.err('Warning: Both have samples in common, so it is not known what chance makes of a change.\n');
    }
    const found = diffOf(before, after, type, { normalise, requests, sharesSamples });
    const rows = diffTop(found, by, order);
    const shown = rows.slice(0, limit);
    if (isJson) call.terminal.out(`${JSON.stringify(answer(found, normalise, shown))}\n`);
    else call.terminal.out(diffText(found, normalise, by, shown, rows.length));
    return EXIT.fine;
  },
};

function answer(found: Diff, normalise: Normalisation, rows: readonly DiffRow[]) {
  const { profile, value, before, after, scale } = found;
  const { strings, functions } = profile;
  return {
    schema: 'perfwright.diff/1',
    value,
    normalize: normalise,
    before: { total: before.total, scale: scale.before },
    after: { total: after.total, scale: scale.after },
    rows: rows.map((row) => ({
      function: row.function < 0 ? '' : strings[functions.name[row.function]],
      file: strings[row.file],
      line: row.line,
      module: modulePath(profile, row.module),
      before: row.before,
      after: row.after,
      change: row.change,
      ...(isChanceKnown(found)
        ? { poisson95: { self: rowMargin(found, row, 'self'), total: rowMargin(found, row, 'total') } }
        : {}),
    })),
  };
}

function requestsOf(call: Call): Requests | undefined {
  const given = text(call, 'requests');
  if (given === undefined) {
    if (text(call, 'request-name') === undefined) return undefined;
    throw new UsageError(
      '--request-name is what --requests counts: say how many there were in A and B, or leave it out.',
    );
  }
  const counts = given.split(',').map(Number);
  if (counts.length !== 2 || counts.some((count) => !(count > 0 && Number.isFinite(count)))) {
    throw new UsageError(`--requests is ${JSON.stringify(given)}, expected two numbers above 0: 1200,1350.`);
  }
  const name = (text(call, 'request-name') ?? 'request').trim();
  if (name === '') throw new UsageError('--request-name is empty, expected what one of them is called: request.');
  return { before: counts[0], after: counts[1], name };
}

function normalisationOf(call: Call, requests: Requests | undefined): Normalisation {
  const given = oneOf(call, 'normalize', NORMALISATIONS);
  if (requests && given !== undefined && given !== 'requests')
    throw new UsageError(`--requests compares per request, and --normalize by ${given}: leave one of them out.`);
  if (given === 'requests' && !requests)
    throw new UsageError('--normalize requests needs --requests: how many there were in A and in B, as 1200,1350.');
  return given ?? (requests ? 'requests' : 'nothing');
}

function rangeOf(call: Call, option: 'before' | 'after'): TimeRange | undefined {
  const given = text(call, option);
  if (given === undefined) return undefined;
  const range = momentRange(given);
  const { from, to } = range;
  if (from && to && isReversed(from, to))
    throw new UsageError(`--${option} is ${JSON.stringify(given)}, which ends before it has begun: expected 0..10s.`);
  return range;
}

function withinRange({ from, to }: TimeRange = {}): readonly Operation[] {
  return [...(from ? [{ op: 'from', at: from } as const] : []), ...(to ? [{ op: 'to', at: to } as const] : [])];
}

function partOf(range: TimeRange | undefined): RecordingPart | null {
  return range ? { range, isRest: false } : null;
}
