import { MalformedInput } from '../importer.ts';
import { AddressSamples } from './address-samples.ts';
import { FORMAT, type LegacyFormat } from './format.ts';
import { legacyProfile } from './legacy-profile.ts';
import { isMemoryMapStart, MemoryMap } from './memory-map.ts';
import { GoComments } from './place-names.ts';
import { scaledSample } from './scaled-sample.ts';
import { hexAddresses, TextLines, withinCall } from './text-lines.ts';

/** Heap, growth and fragmentation profiles of Go (`debug=1`) and of tcmalloc. */
export const heap: LegacyFormat = {
  recognises: (_, lines) => header(lines[0] ?? '') !== undefined,
  read(source, watch) {
    const lines = new TextLines();
    const map = new MemoryMap();
    const names = new GoComments();
    let head: Header | undefined;
    let samples = new AddressSamples(2);
    let listed = 0;
    let isMap = false;
    lines.read(source, watch, (line) => {
      if (!head) {
        head = header(line);
        if (!head) throw new MalformedInput(FORMAT, 'its first line is no head of a heap profile', 0);
        if (head.hasAllocations) samples = new AddressSamples(4);
        return;
      }
      if (isMap) map.line(line);
      else if (isMemoryMapStart(line)) isMap = true;
      else if (line.startsWith('#')) names.comment(line, (address) => samples.numberOf(address));
      else if (line !== '') {
        const values = sampleValues(line, head);
        const addresses = values && hexAddresses(line.slice(line.indexOf('@')));
        if (!values || !addresses) {
          lines.refuse();
          return;
        }
        listed += values.listed;
        for (const address of addresses) samples.push(withinCall(address));
        names.begin(addresses.map((address) => samples.numberOf(withinCall(address))));
        samples.add(values.values, values.blockBytes);
      }
    });
    if (!head) throw new MalformedInput(FORMAT, 'it has no head', 0);
    const { period, hasAllocations, objects } = head;
    const warnings = [...lines.warnings];
    if (listed < objects)
      warnings.push(`It lists ${listed} of the ${objects} objects in use that its head counts: it may be cut short.`);
    return legacyProfile({
      values: hasAllocations
        ? [
            { type: 'alloc_objects', unit: 'count' },
            { type: 'alloc_space', unit: 'bytes' },
            { type: 'inuse_objects', unit: 'count' },
            { type: 'inuse_space', unit: 'bytes' },
          ]
        : [
            { type: 'objects', unit: 'count' },
            { type: 'space', unit: 'bytes' },
          ],
      period: { type: 'space', unit: 'bytes', amount: period },
      samples,
      mappings: map.finish(),
      names: names.finish(),
      warnings,
    });
  },
};

interface Header {
  readonly period: number;
  /** Whether the period says how many allocations a listed one stands for. */
  readonly isScaled: boolean;
  readonly hasAllocations: boolean;
  /** Objects in use, as listed. */
  readonly objects: number;
}

/** `heap profile: 13: 1595680 [47130736: 2584596557304] @ heap/1048576` */
function header(line: string): Header | undefined {
  const found =
    /^heap profile: *(\d+): *(\d+) *\[ *(\d+): *(\d+) *\] *@ *(?:(heap[_a-z0-9]*)\/?(\d*)|(?:growth|fragmentation)z?)/.exec(
      line,
    );
  if (!found) return undefined;
  const [, objects, bytes, allObjects, allBytes, kind, rate] = found;
  const differ = (all: string, inUse: string) => all !== inUse && all !== '0';
  const about = { objects: Number(objects), hasAllocations: false };
  if (kind === undefined) return { ...about, period: 1, isScaled: false };
  const hasAllocations = differ(allObjects, objects) || differ(allBytes, bytes);
  if (kind === 'heapprofile') return { ...about, hasAllocations, period: 1, isScaled: false };
  if (kind === 'heap') return { ...about, hasAllocations, period: Math.trunc(Number(rate) / 2), isScaled: true };
  if (kind === 'heapz_v2' || kind === 'heap_v2')
    return { ...about, hasAllocations, period: Number(rate), isScaled: true };
  return undefined;
}

/** `1: 524288 [3: 1572864] @ 0x420cef 0x422151`: objects and bytes in use, then all that were allocated. */
function sampleValues(line: string, { period, isScaled, hasAllocations }: Header) {
  const found = /^(-?\d+): *(-?\d+) *\[ *(\d+): *(\d+) *\] @/.exec(line);
  if (!found) return undefined;
  const [objects, bytes, allObjects, allBytes] = found.slice(1).map(Number);
  const values: number[] = [];
  let blockBytes = 0;
  const pairs = hasAllocations
    ? [
        [allObjects, allBytes],
        [objects, bytes],
      ]
    : [[objects, bytes]];
  for (const [count, size] of pairs) {
    if (count === 0 && size !== 0) return undefined;
    if (count !== 0) blockBytes = Math.trunc(size / count);
    const scaled = isScaled ? scaledSample(count, size, period) : { count, bytes: size };
    values.push(scaled.count, scaled.bytes);
  }
  return { values, blockBytes, listed: objects };
}
