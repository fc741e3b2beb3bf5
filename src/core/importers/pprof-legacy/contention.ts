import { MalformedInput } from '../importer.ts';
import { AddressSamples } from './address-samples.ts';
import { FORMAT, type LegacyFormat } from './format.ts';
import { legacyProfile } from './legacy-profile.ts';
import { isMemoryMapStart, MemoryMap } from './memory-map.ts';
import { GoComments } from './place-names.ts';
import { hexAddresses, TextLines, withinCall } from './text-lines.ts';

/** Profiles of waiting for locks: C++'s `contentionz`, and Go's block and mutex profiles (`debug=1`). */
export const contention: LegacyFormat = {
  recognises: (_, lines) =>
    START.test(lines[0] ?? '') && !lines.slice(1, 8).some((line) => /^(format|resolution) *=/.test(line)),
  read(source, watch) {
    const lines = new TextLines();
    const map = new MemoryMap();
    const names = new GoComments();
    const samples = new AddressSamples(2);
    const head = { cyclesPerSecond: 0, period: 1, durationNs: Number.NaN };
    let part: 'start' | 'head' | 'samples' | 'rest' | 'map' = 'start';
    lines.read(source, watch, (line) => {
      if (part === 'map') map.line(line);
      else if (isMemoryMapStart(line)) part = 'map';
      else if (part === 'rest' || line === '') return;
      else if (part === 'start') {
        if (!START.test(line)) throw new MalformedInput(FORMAT, 'its first line is no head of a profile', 0);
        part = 'head';
      } else if (line.startsWith('#')) names.comment(line, (address) => samples.numberOf(address));
      else if (line.startsWith('---')) part = 'rest';
      else if (part === 'head' && line.includes('=')) {
        if (!readAttribute(line, head)) lines.refuse();
      } else {
        part = 'samples';
        const found = /^(\d+) +(\d+) @/.exec(line);
        const addresses = found && hexAddresses(line.slice(found[0].length));
        if (!found || !addresses) {
          lines.refuse();
          return;
        }
        let [delay, count] = [Number(found[1]), Number(found[2])];
        if (head.period > 0) {
          if (head.cyclesPerSecond > 0) delay = Math.trunc((delay * head.period) / (head.cyclesPerSecond / 1e9));
          count *= head.period;
        }
        for (const address of addresses) samples.push(withinCall(address));
        names.begin(addresses.map((address) => samples.numberOf(withinCall(address))));
        samples.add([count, delay]);
      }
    });
    if (part === 'start') throw new MalformedInput(FORMAT, 'it has no head', 0);
    return legacyProfile({
      values: [
        { type: 'contentions', unit: 'count' },
        { type: 'delay', unit: 'nanoseconds' },
      ],
      period: { type: 'contentions', unit: 'count', amount: head.period },
      samples,
      mappings: map.finish(),
      names: names.finish(),
      durationNs: head.durationNs,
      warnings: lines.warnings,
    });
  },
};

const START = /^--- (?:contentionz |mutex:|contention:)/;

/** `sampling period = 100`; false where it can't be read. */
function readAttribute(line: string, head: { cyclesPerSecond: number; period: number; durationNs: number }): boolean {
  const at = line.indexOf('=');
  const key = line.slice(0, at).trim();
  if (key === 'discarded samples') return true;
  const text = line.slice(at + 1).trim();
  const value = /^(\d+|0x[\da-f]+)$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) return false;
  if (key === 'cycles/second') head.cyclesPerSecond = value;
  else if (key === 'sampling period') head.period = value;
  else if (key === 'ms since reset') head.durationNs = value * 1e6;
  else return false;
  return true;
}
