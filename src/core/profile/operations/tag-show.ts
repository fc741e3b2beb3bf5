import { compilePattern } from '../../pattern.ts';
import { Float64Column, Int32Column } from '../column.ts';
import { NONE, type Profile } from '../profile.ts';
import { byText } from './matched-frames.ts';

/** Samples with only those labels in whose key the pattern is found: `go tool pprof -tagshow`. Threads stay. */
export function tagShow(profile: Profile, pattern: string): Profile {
  return withLabels(profile, byText(profile.strings, compilePattern(pattern)));
}

/** Samples without the labels in whose key the pattern is found: `go tool pprof -taghide`. Threads stay. */
export function tagHide(profile: Profile, pattern: string): Profile {
  const isHidden = byText(profile.strings, compilePattern(pattern));
  return withLabels(profile, (key) => !isHidden(key));
}

function withLabels(profile: Profile, isKept: (key: number) => boolean): Profile {
  const { labelSets, samples } = profile;
  const columns = {
    key: new Int32Column(),
    text: new Int32Column(),
    unit: new Int32Column(),
    number: new Float64Column(),
  };
  const start = new Int32Column();
  const known = new Map<string, number>();
  const mapped = new Int32Array(labelSets.length);
  for (let set = 0; set < labelSets.length; set++) {
    const rows: number[] = [];
    for (let at = labelSets.start[set]; at < labelSets.start[set + 1]; at++) {
      if (isKept(labelSets.key[at])) rows.push(at);
    }
    const identity = rows
      .map((at) => [labelSets.key[at], labelSets.text[at], labelSets.number[at], labelSets.unit[at]].join(' '))
      .join();
    let own = rows.length === 0 ? NONE : known.get(identity);
    if (own === undefined) {
      own = start.push(columns.key.length);
      known.set(identity, own);
      for (const at of rows) {
        columns.key.push(labelSets.key[at]);
        columns.text.push(labelSets.text[at]);
        columns.unit.push(labelSets.unit[at]);
        columns.number.push(labelSets.number[at]);
      }
    }
    mapped[set] = own;
  }
  const length = start.length;
  start.push(columns.key.length);
  return {
    ...profile,
    labelSets: {
      length,
      start: start.finish(),
      key: columns.key.finish(),
      text: columns.text.finish(),
      number: columns.number.finish(),
      unit: columns.unit.finish(),
    },
    samples: { ...samples, labels: samples.labels.map((set) => (set === NONE ? NONE : mapped[set])) },
  };
}
