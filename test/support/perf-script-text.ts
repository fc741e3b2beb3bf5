import assert from 'node:assert/strict';
import type { PerfScriptOptions } from '../../src/core/importers/perf-script/options.ts';
import { PerfScriptParser } from '../../src/core/importers/perf-script/parser.ts';
import { perfScript } from '../../src/core/importers/perf-script.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { NONE, type Profile } from '../../src/core/profile/profile.ts';
import { invalidities } from '../../src/core/profile/validity.ts';

export function read(bytes: Uint8Array): Profile {
  const profile = perfScript.read(bytesInMemory(bytes), { progress() {} });
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

export function parse(bytes: Uint8Array, options: PerfScriptOptions = {}, chunk = bytes.length): Profile {
  const parser = new PerfScriptParser(options);
  for (let at = 0; at < bytes.length; at += chunk) parser.write(bytes.subarray(at, at + chunk));
  return parser.finish();
}

/**
 * Reads lines that are indented as the test is (a line that is empty in the text is empty here, too); two underscores
 * stand for the blanks before a source line.
 */
export function text(lines: string, options: PerfScriptOptions = {}): Profile {
  const indent = Math.min(...Array.from(lines.matchAll(/^( *)[^ \n]/gm), ([, blanks]) => blanks.length));
  const content = lines
    .replace(/^\n/, '')
    .split('\n')
    .map((line) => line.slice(indent).replace(/^__/, '  '));
  const profile = parse(Buffer.from(content.join('\n')), options);
  assert.deepEqual(invalidities(profile), []);
  return profile;
}

/** Frames of a sample, outermost first. */
export function stackFrames({ samples, stacks }: Profile, sample: number): number[] {
  assert.ok(sample < samples.length, `sample ${sample} is one of ${samples.length}`);
  const list: number[] = [];
  for (let at = samples.stack[sample]; at !== NONE; at = stacks.parent[at]) list.unshift(stacks.frame[at]);
  return list;
}

export function frames(profile: Profile, sample: number): string[] {
  return stackFrames(profile, sample).map(
    (frame) => profile.strings[profile.functions.name[profile.frames.function[frame]]],
  );
}
