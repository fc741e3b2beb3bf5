import { formatCounted, formatShare } from '../units.ts';
import type { Overview } from './queries/overview.ts';

/** How far a recording can be trusted: a word for it, and each thing that speaks against it, as a sentence. */
export interface DataQuality {
  readonly word: 'good data' | 'check data' | 'no data';
  readonly findings: readonly string[];
}

/** Fewer samples say little about anything but the hottest lines: at 200, a share of 10 % is 10 ± 4 % (95 %). */
const FEW_SAMPLES = 200;
const MUCH_LOST = 0.01;
const MUCH_BROKEN = 0.05;
const MUCH_UNRESOLVED = 0.1;
const MUCH_STACKLESS = 0.01;

/** What is known against a recording's data. */
export function dataQuality({
  samples,
  hasSampleCount,
  quality,
  unresolvedShare,
  stacklessShare,
}: Overview): DataQuality {
  if (samples === 0) return { word: 'no data', findings: ['It holds no samples.', ...quality.warnings] };
  const findings: string[] = [];
  if (hasSampleCount && samples < FEW_SAMPLES) {
    findings.push(
      `Only ${formatCounted(samples, 'sample')}: small shares mean little. Record for longer or more often.`,
    );
  }
  if (quality.lostSamples / samples > MUCH_LOST)
    findings.push(`${formatCounted(quality.lostSamples, 'sample')} lost by the recorder.`);
  if (quality.brokenStacks / samples > MUCH_BROKEN) {
    findings.push(
      `${formatShare(quality.brokenStacks / samples)} of the stacks are cut: callers are missing. Compile with -fno-omit-frame-pointer, or record with DWARF call graphs.`,
    );
  }
  if (quality.throttled > 0)
    findings.push(`The kernel throttled sampling ${formatCounted(quality.throttled, 'time')}.`);
  if (stacklessShare > MUCH_STACKLESS) {
    findings.push(`${formatShare(stacklessShare)} of the cost has no stack: it is in the whole, and in no function.`);
  }
  const withoutName = unresolvedShare - stacklessShare;
  if (withoutName > MUCH_UNRESOLVED) {
    findings.push(`${formatShare(withoutName)} of the cost has no function name. Compile with -g, and don't strip.`);
  }
  findings.push(...quality.warnings);
  return { word: findings.length === 0 ? 'good data' : 'check data', findings };
}
