import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import { isInterruptEntry } from '../../src/core/profile/interrupt-entry.ts';
import { type FrameKind, NONE, type Profile } from '../../src/core/profile/profile.ts';
import { invalidities } from '../../src/core/profile/validity.ts';
import { withInterruptedFrames } from '../../src/symbols/interrupted-frames.ts';

const ENTRY = 0x900n;

/** Samples of stacks of addresses, outermost first; `u` before one in user space. */
function profileOf(...stacks: string[]): Profile {
  const builder = new ProfileBuilder();
  const value = builder.value('samples', 'count');
  for (const stack of stacks) {
    const frames = stack.split(' ').map((word) => {
      const kind: FrameKind = word.startsWith('u') ? 'native' : 'kernel';
      return builder.frame({ function: NONE, address: BigInt(`0x${word.replace('u', '')}`), kind });
    });
    builder.addWeight(builder.sample(builder.stackOf(frames), NONE, Number.NaN), value, 1);
  }
  return builder.finish();
}

function stacksOf({ samples, stacks, frames }: Profile): string[] {
  return Array.from(samples.stack, (sample) => {
    const words: string[] = [];
    for (let stack = sample; stack !== NONE; stack = stacks.parent[stack])
      words.unshift(frames.address[stacks.frame[stack]].toString(16));
    return words.join(' ');
  });
}

function interrupted(profile: Profile): Profile {
  const result = withInterruptedFrames(profile, (frame) => profile.frames.address[frame] === ENTRY);
  assert.deepEqual(invalidities(result), []);
  return result;
}

describe('frames that an interrupt came in', () => {
  it('are at the address where it came, in that stack only', () => {
    const profile = profileOf('10 200 2ff 900 400', '10 200 2ff 500', '10 200 2ff 900 410');
    assert.deepEqual(stacksOf(interrupted(profile)), ['10 200 300 900 400', '10 200 2ff 500', '10 200 300 900 410']);
  });

  it('are so at every interrupt of a stack, and where nothing called them', () => {
    assert.deepEqual(stacksOf(interrupted(profileOf('200 900 2ff 900 400'))), ['201 900 300 900 400']);
  });

  it('stay as they are in user space, and where nothing is above the entry', () => {
    const profile = profileOf('u10 900 400', '200 300');
    assert.equal(interrupted(profile), profile);
    assert.equal(interrupted(profileOf('200 900')).frames.length, 3);
  });

  it('are told by the names of the entries', () => {
    for (const name of ['asm_exc_page_fault', 'asm_sysvec_apic_timer_interrupt', 'asm_common_interrupt', 'el1h_64_irq'])
      assert.ok(isInterruptEntry(name), name);
    // The functions in C that the entries call.
    for (const name of ['exc_page_fault', 'common_interrupt', 'sysvec_apic_timer_interrupt', 'el1h_64_irq_handler'])
      assert.ok(!isInterruptEntry(name), name);
  });
});
