import { AddressSamples } from './address-samples.ts';
import type { LegacyFormat } from './format.ts';
import { legacyProfile } from './legacy-profile.ts';
import { isMemoryMapStart, MemoryMap } from './memory-map.ts';
import { hexAddresses, TextLines, withinCall } from './text-lines.ts';

/** The stacks of all threads at one moment: C++'s `threadz`. */
export const threads: LegacyFormat = {
  recognises(_, lines) {
    const first = lines.find((line) => line !== '' && !line.startsWith('#')) ?? '';
    return /^--- threadz \d+ ---/.test(first) || THREAD.test(first);
  },
  read(source, watch) {
    const lines = new TextLines();
    const map = new MemoryMap();
    const samples = new AddressSamples(1);
    let stack: bigint[] = [];
    let isSame = false;
    let part: 'head' | 'thread' | 'rest' | 'map' = 'head';
    const endThread = () => {
      if (part !== 'thread') return;
      if (!isSame && stack.length > 0) {
        // The innermost address is no call.
        for (const [index, address] of stack.entries()) samples.push(index === 0 ? address : withinCall(address));
        samples.add([1]);
      } else if (samples.length > 0) {
        samples.values[0].set(samples.length - 1, samples.values[0].at(samples.length - 1) + 1);
      }
      stack = [];
      isSame = false;
    };
    lines.read(source, watch, (line) => {
      if (part === 'map') map.line(line);
      else if (isMemoryMapStart(line)) {
        endThread();
        part = 'map';
      } else if (part === 'rest') return;
      else if (line.startsWith('---- no stack trace for')) {
        endThread();
        part = 'rest';
      } else if (THREAD.test(line)) {
        endThread();
        part = 'thread';
      } else if (part === 'thread') {
        if (line.startsWith('---')) {
          endThread();
          part = 'head';
          lines.refuse();
        } else if (line.includes('same as previous thread')) isSame = true;
        else {
          const addresses = hexAddresses(line);
          if (addresses) stack.push(...addresses.slice(0, LONGEST_STACK - stack.length));
          else lines.refuse();
        }
      }
    });
    endThread();
    samples.withoutDoubledInnermost();
    return legacyProfile({
      values: [{ type: 'thread', unit: 'count' }],
      period: { type: 'thread', unit: 'count', amount: 1 },
      samples,
      mappings: map.finish(),
      warnings: lines.warnings,
    });
  },
};

/** `--- Thread 7f794ab90940 (name: main/14748) stack: ---` */
const THREAD = /^--- Thread ([\da-f]+) \(name: (.*)\/(\d+)\) stack: ---/i;
/** More than any kernel or thread has. */
const LONGEST_STACK = 100_000;
