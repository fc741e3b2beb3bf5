import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { stackWeights } from '../../../src/core/profile/stack-weights.ts';
import { speedscope } from '../../../src/core/writers/speedscope.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';
import { naiveTotals, speltSamples } from '../../support/naive-totals.ts';
import { randomProfile } from '../../support/random-profile.ts';

interface File {
  readonly shared: { readonly frames: readonly { name: string; file?: string; line?: number }[] };
  readonly profiles: readonly {
    readonly name: string;
    readonly unit: string;
    readonly endValue: number;
    readonly samples: readonly (readonly number[])[];
    readonly weights: readonly number[];
  }[];
}

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const SCHEMA = JSON.parse(
  readFileSync(
    new URL('../../../node_modules/speedscope/dist/release/file-format-schema.json', import.meta.url),
    'utf8',
  ),
) as Schema;

describe('a speedscope file', () => {
  it("fits speedscope's own schema", () => {
    for (const seed of [1, 2, 3, 4, 5]) assert.deepEqual(misfits(written(randomProfile(seed)), SCHEMA, 'file'), []);
    assert.notDeepEqual(misfits({ profiles: 3 }, SCHEMA, 'file'), [], 'the check itself finds something');
  });

  it('has every sample of every thread, with what it weighs', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const profile = randomProfile(seed);
      for (const value of [0, 1, 2]) {
        const { profiles, shared } = written(profile, value);
        const [all, ...threads] = profiles;
        const { total } = stackWeights(profile, { value });
        for (const { weights, samples, endValue } of profiles) {
          assert.equal(weights.length, samples.length);
          assert.equal(sum(weights), endValue);
        }
        assert.equal(all.endValue, total);
        assert.equal(sum(threads.map(({ endValue }) => endValue)), total);
        const bySelf = new Map<string, number>();
        for (const [sample, stack] of all.samples.entries()) {
          const name = stack.length === 0 ? '' : shared.frames[stack[stack.length - 1]].name;
          bySelf.set(name, (bySelf.get(name) ?? 0) + all.weights[sample]);
        }
        const { frames, functions, strings } = profile;
        const expected = naiveTotals(speltSamples(profile, { value }), (frame) =>
          frames.function[frame] < 0 ? undefined : strings[functions.name[frames.function[frame]]],
        );
        for (const [name, { self }] of expected) assert.equal(bySelf.get(name) ?? 0, self, `${name}, seed ${seed}`);
      }
    }
  });

  it('has the samples of a thread in order of time, outermost frame first', () => {
    const profile = drawnProfile(`
      #t    a     b     a
      main  run   main
      work  .     rest
    `);
    const { profiles, shared } = written(profile);
    const named = profiles.map(({ name, samples }) => [
      name,
      samples.map((stack) => stack.map((frame) => shared.frames[frame].name)),
    ]);
    assert.deepEqual(named, [
      ['all threads', [['main', 'work'], ['run'], ['main', 'rest']]],
      [
        'a (1)',
        [
          ['main', 'work'],
          ['main', 'rest'],
        ],
      ],
      ['b (2)', [['run']]],
    ]);
  });

  it('is one profile where there is one thread, with times in its unit', () => {
    const profile = drawnProfile('main');
    const inTime: Profile = { ...profile, values: [{ type: 'cpu-clock', unit: 'nanoseconds' }] };
    const { profiles, shared } = written(inTime);
    assert.deepEqual(
      profiles.map(({ unit }) => unit),
      ['nanoseconds'],
    );
    assert.deepEqual(shared.frames, [{ name: 'main', file: 'a.c' }]);
  });

  it('has no weights below zero, and says what becomes of the total', () => {
    const profile = drawnProfile(`
      #w  3   -2
      a   b
    `);
    assert.deepEqual(written(profile).profiles[0].weights, [3]);
    assert.match(speedscope.losses(profile).join(' '), /Negative weights are left out: samples, 1, becomes 3\./);
    assert.doesNotMatch(speedscope.losses(drawnProfile('a')).join(' '), /Negative/);
  });

  it('has equal stacks added up where times are not known, and says so', () => {
    const profile = drawnProfile('main  main');
    const { samples } = profile;
    const timeless = { ...profile, samples: { ...samples, time: samples.time.map(() => Number.NaN) } };
    assert.deepEqual(written(timeless).profiles[0].weights, [2]);
    assert.match(speedscope.losses(timeless).join(' '), /not in order of time/);
    assert.doesNotMatch(speedscope.losses(profile).join(' '), /not in order of time/);
  });
});

function written(profile: Profile, value?: number): File {
  return JSON.parse(Buffer.from(speedscope.write(profile, { value })).toString()) as File;
}

function sum(weights: readonly number[]): number {
  return weights.reduce((total, weight) => total + weight, 0);
}

/** Where a value doesn't fit a schema: as much of JSON Schema as speedscope's uses. */
function misfits(value: unknown, schema: Schema, place: string): string[] {
  if (schema.$ref) return misfits(value, SCHEMA.definitions![schema.$ref.slice('#/definitions/'.length)], place);
  if (schema.anyOf) {
    return schema.anyOf.some((one) => misfits(value, one, place).length === 0)
      ? []
      : [`${place} fits none of its kinds`];
  }
  if (schema.const !== undefined && value !== schema.const) return [`${place} is ${value}, expected ${schema.const}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${place} is ${value}, expected one of ${schema.enum}`];
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (schema.type && type !== schema.type) return [`${place} is of type ${type}, expected ${schema.type}`];
  if (schema.items) return (value as unknown[]).flatMap((item, at) => misfits(item, schema.items!, `${place}[${at}]`));
  const object = value as Record<string, unknown>;
  return [
    ...(schema.required ?? []).filter((key) => !(key in object)).map((key) => `${place} has no ${key}`),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
      key in object ? misfits(object[key], one, `${place}.${key}`) : [],
    ),
  ];
}
