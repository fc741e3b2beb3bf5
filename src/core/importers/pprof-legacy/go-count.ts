import { MalformedInput } from '../importer.ts';
import { AddressSamples } from './address-samples.ts';
import { FORMAT, type LegacyFormat } from './format.ts';
import { legacyProfile } from './legacy-profile.ts';
import { isMemoryMapStart, MemoryMap } from './memory-map.ts';
import { GoComments } from './place-names.ts';
import { hexAddresses, TextLines, withinCall } from './text-lines.ts';

/** Profiles of Go that count stacks (`debug=1`): goroutine, threadcreate, and those that programs make. */
export const goCount: LegacyFormat = {
  recognises: (_, lines) => HEAD.test(lines.find((line) => line !== '' && !line.startsWith('#')) ?? ''),
  read(source, watch) {
    const lines = new TextLines();
    const map = new MemoryMap();
    const names = new GoComments();
    const samples = new AddressSamples(1);
    const labels: (Map<string, string> | undefined)[] = [];
    let type = '';
    let total = 0;
    let counted = 0;
    let part: 'head' | 'samples' | 'rest' | 'map' = 'head';
    lines.read(source, watch, (line) => {
      if (part === 'map') map.line(line);
      else if (isMemoryMapStart(line)) part = 'map';
      else if (part === 'rest' || line === '') return;
      else if (line.startsWith('# labels: ')) {
        if (samples.length > 0) labels[samples.length - 1] = readLabels(line.slice(10));
      } else if (line.startsWith('#')) names.comment(line, (address) => samples.numberOf(address));
      else if (part === 'head') {
        const head = HEAD.exec(line);
        if (!head) throw new MalformedInput(FORMAT, 'its first line is no head of a profile', 0);
        type = head[1];
        total = Number(head[2]);
        part = 'samples';
      } else if (line.startsWith('---')) part = 'rest';
      else {
        const count = /^(\d+) @(?: 0x[\da-f]+)+$/.exec(line);
        const addresses = count && hexAddresses(line);
        if (!count || !addresses) {
          lines.refuse();
          return;
        }
        counted += Number(count[1]);
        for (const address of addresses) samples.push(withinCall(address));
        names.begin(addresses.map((address) => samples.numberOf(withinCall(address))));
        samples.add([Number(count[1])]);
      }
    });
    if (part === 'head') throw new MalformedInput(FORMAT, 'it has no head', 0);
    const warnings = [...lines.warnings];
    if (counted !== total)
      warnings.push(`It lists ${counted} of the ${total} that its head counts: it may be cut short.`);
    return legacyProfile({
      values: [{ type, unit: 'count' }],
      period: { type, unit: 'count', amount: 1 },
      samples,
      mappings: map.finish(),
      names: names.finish(),
      labels,
      warnings,
    });
  },
};

/** `goroutine profile: total 10` */
const HEAD = /^(\S+) profile: total (\d+)$/;

/** Labels as Go prints them: `{"key":"value"}`; `undefined` where they can't be read. */
function readLabels(text: string): Map<string, string> | undefined {
  try {
    const object: unknown = JSON.parse(text);
    if (typeof object !== 'object' || object === null) return undefined;
    return new Map(Object.entries(object).filter(([, value]) => typeof value === 'string'));
  } catch {
    return undefined;
  }
}
