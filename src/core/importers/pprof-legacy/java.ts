import type { ValueType } from '../../profile/profile.ts';
import { plural } from '../../units.ts';
import { MalformedInput } from '../importer.ts';
import { AddressSamples } from './address-samples.ts';
import { FORMAT, type LegacyFormat } from './format.ts';
import { JavaPlaces } from './java-places.ts';
import { legacyProfile } from './legacy-profile.ts';
import { scaledSample } from './scaled-sample.ts';
import { hexAddresses, TextLines } from './text-lines.ts';

/** Heap and contention profiles of Java: places have numbers, and names at the end. */
export const java: LegacyFormat = {
  recognises: (_, lines) =>
    START.test(lines[0] ?? '') && lines.slice(1, 8).some((line) => /^(format|resolution) *=/.test(line)),
  read(source, watch) {
    const lines = new TextLines();
    const samples = new AddressSamples(2);
    const places = new JavaPlaces();
    let kind: 'heap' | 'contention' | undefined;
    let period: (ValueType & { amount: number }) | null = null;
    let durationNs = Number.NaN;
    let unit = '';
    let isHead = true;
    lines.read(source, watch, (line) => {
      if (kind === undefined) {
        kind = START.exec(line)?.[1] as typeof kind;
        if (kind === undefined) throw new MalformedInput(FORMAT, 'its first line is no head of a profile', 0);
        return;
      }
      if (line === '' || places.line(line, (address) => samples.numberOf(address))) return;
      // Blanks are cut off afterwards: an expression that leaves them out takes time by the square of their number.
      const attribute = isHead ? /^([\w ]+)=([\w ]+)$/.exec(line) : null;
      if (attribute) {
        const [key, value] = [attribute[1].trimEnd(), attribute[2].trimStart()];
        const number = /^\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
        if (key === 'resolution') unit = value;
        else if (key === 'sampling period' && !Number.isNaN(number))
          period = { type: 'contentions', unit: 'count', amount: number };
        else if (key === 'ms since reset' && !Number.isNaN(number)) durationNs = number * 1e6;
        else if (key !== 'format') lines.refuse();
        return;
      }
      isHead = false;
      // Here the amount comes before the count.
      const found = /^(\d+) +(\d+) +@/.exec(line);
      const addresses = found && hexAddresses(line.slice(found[0].length));
      let [count, amount] = found ? [Number(found[2]), Number(found[1])] : [0, 0];
      if (!addresses || (kind === 'heap' && count === 0)) {
        lines.refuse();
        return;
      }
      const blockBytes = kind === 'heap' ? Math.trunc(amount / count) : Number.NaN;
      if (kind === 'heap') ({ count, bytes: amount } = scaledSample(count, amount, HEAP_RATE));
      else if (period !== null && period.amount !== 0)
        [count, amount] = [count * period.amount, amount * period.amount];
      for (const address of addresses) samples.push(address);
      samples.add([count, amount], blockBytes);
    });
    if (kind === undefined) throw new MalformedInput(FORMAT, 'it has no head', 0);
    const names = places.finish();
    let unnamed = 0;
    for (let place = 0; place < samples.addresses.length; place++) if (!names.of.has(place)) unnamed++;
    const warnings = [...lines.warnings];
    if (unnamed > 0)
      warnings.push(`Names of ${unnamed} ${plural(unnamed, 'place')} aren't in the file: it may be cut short.`);
    return legacyProfile({
      values:
        kind === 'heap'
          ? [
              { type: 'inuse_objects', unit: 'count' },
              { type: 'inuse_space', unit },
            ]
          : [
              { type: 'contentions', unit: 'count' },
              { type: 'delay', unit },
            ],
      period,
      samples,
      names,
      isAddressless: true,
      durationNs,
      warnings,
    });
  },
};

const START = /^--- (heap|contention)z 1 ---$/;
/** Java's agent samples one allocation in so many bytes. */
const HEAP_RATE = 524288;
