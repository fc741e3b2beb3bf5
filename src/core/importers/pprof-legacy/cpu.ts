import type { ImportWatch } from '../importer.ts';
import { type ByteSource, bytesInMemory } from '../reading/byte-source.ts';
import { AddressSamples } from './address-samples.ts';
import { WORD_LAYOUTS, type WordLayout, WordReader } from './cpu-words.ts';
import type { LegacyFormat } from './format.ts';
import { JavaPlaces } from './java-places.ts';
import { legacyProfile } from './legacy-profile.ts';
import { MemoryMap } from './memory-map.ts';
import { partOfSource } from './part-of-source.ts';
import { TextLines, withinCall } from './text-lines.ts';

/**
 * Binary CPU profiles of gperftools, of old Go and of Java: words of the machine, then its memory map or names as text. Format:
 * https://gperftools.github.io/gperftools/cpuprofile-fileformat.html
 */
export const cpu: LegacyFormat = {
  recognises: (head) => headOf(bytesInMemory(head)) !== undefined,
  read(source, watch) {
    const { layout, isJava, periodMicros } = headOf(source)!;
    const samples = new AddressSamples(2);
    const reader = new WordReader(source, layout.bytes * HEAD_WORDS, layout);
    const period = periodMicros * 1000;
    const warnings = readSamples(reader, samples, period, !isJava, source, watch);
    const lines = new TextLines();
    const rest = partOfSource(source, reader.at);
    const common = {
      values: [
        { type: 'samples', unit: 'count' },
        { type: 'cpu', unit: 'nanoseconds' },
      ],
      period: { type: 'cpu', unit: 'nanoseconds', amount: period },
      samples,
    };
    if (isJava) {
      const places = new JavaPlaces();
      lines.read(rest, watch, (line) => places.line(line, (address) => samples.numberOf(address)));
      const names = places.finish();
      return legacyProfile({ ...common, names, isAddressless: true, warnings: [...warnings, ...lines.warnings] });
    }
    const map = new MemoryMap();
    lines.read(rest, watch, (line) => map.line(line));
    withoutHandlers(samples);
    samples.withoutDoubledInnermost();
    return legacyProfile({ ...common, mappings: map.finish(), warnings: [...warnings, ...lines.warnings] });
  },
};

const HEAD_WORDS = 5;

interface Head {
  readonly layout: WordLayout;
  readonly isJava: boolean;
  readonly periodMicros: number;
}

/** The words 0, 3, 0 (1 for Java), the period in microseconds, and 0, in whatever layout they are found. */
function headOf(source: ByteSource): Head | undefined {
  for (const layout of WORD_LAYOUTS) {
    const reader = new WordReader(source, 0, layout);
    const [zero, three, version, period, padding] = Array.from({ length: HEAD_WORDS }, () => reader.next());
    if (zero !== 0n || three !== 3n || (version !== 0n && version !== 1n) || padding !== 0n) continue;
    if (period !== undefined && period > 0n && period < MOST_PERIOD)
      return { layout, isJava: version === 1n, periodMicros: Number(period) };
  }
  return undefined;
}

/** A day. */
const MOST_PERIOD = 86_400_000_000n;

/** Reads samples up to the one that marks their end, and gives what was wrong, in words. */
function readSamples(
  reader: WordReader,
  samples: AddressSamples,
  period: number,
  isAdjusted: boolean,
  source: ByteSource,
  watch: ImportWatch,
): string[] {
  let reported = 0;
  for (;;) {
    const start = reader.at;
    const count = reader.next();
    const depth = reader.next();
    if (count === undefined || depth === undefined) {
      return [`Its samples have no end, at byte ${start}: the file is cut short.`];
    }
    if (depth > BigInt(reader.left)) {
      reader.at = source.size;
      return [
        `A stack of ${depth} addresses goes beyond the end of the file, at byte ${start}: what comes before is shown.`,
      ];
    }
    let first = 0n;
    for (let at = 0; at < Number(depth); at++) {
      const address = reader.next();
      if (address === undefined) break;
      if (at === 0) first = address;
      // What isn't innermost is a return address.
      if (count !== 0n || depth !== 1n) samples.push(isAdjusted && at > 0 ? withinCall(address) : address);
    }
    if (count === 0n && depth === 1n) {
      if (first === 0n) return [];
      samples.push(first);
    }
    samples.add([Number(count), Number(count) * period]);
    if (reader.at - reported > 1 << 22) {
      reported = reader.at;
      watch.progress(reported);
    }
  }
}

/**
 * Takes out the one or two callers of the innermost address that nearly all stacks have: they are the signal handler's. (cpuProfile in
 * profile/legacy_profile.go of https://github.com/google/pprof)
 */
function withoutHandlers(samples: AddressSamples): void {
  const least = samples.length - Math.floor(samples.length / 32);
  for (let time = 0; time < 2; time++) {
    const counts = new Map<number, number>();
    for (let sample = 0; sample < samples.length; sample++) {
      const second = samples.secondOf(sample);
      if (second !== -1) counts.set(second, (counts.get(second) ?? 0) + 1);
    }
    const handler = [...counts].find(([, count]) => count >= least)?.[0];
    if (handler !== undefined) samples.withoutSecond((sample) => samples.secondOf(sample) === handler);
  }
}
