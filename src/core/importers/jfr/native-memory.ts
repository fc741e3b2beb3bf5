import { Float64Column, Int32Column } from '../../profile/column.ts';
import { IntKeyMap } from '../../profile/int-key-map.ts';
import type { SampleIndex } from '../../profile/profile.ts';

/**
 * What was allocated natively and is not freed at the recording's end, as `jfrconv --nativemem --leak --tail 0` finds it: by address, in order
 * of time. Where only some of the allocations are recorded, so are their frees.
 */
export class NativeMemory {
  readonly #addressLow = new Int32Column();
  readonly #addressHigh = new Int32Column();
  readonly #time = new Float64Column();
  /** Sample of an allocation, or -1 for a free. */
  readonly #sample = new Int32Column();

  add(addressLow: number, addressHigh: number, time: number, sample: SampleIndex | -1): void {
    this.#addressLow.push(addressLow);
    this.#addressHigh.push(addressHigh);
    this.#time.push(time);
    this.#sample.push(sample);
  }

  /** Samples of allocations that weren't freed. */
  unfreed(): SampleIndex[] {
    const time = this.#time.finish();
    const order = Uint32Array.from(time, (_, row) => row).sort((a, b) => time[a] - time[b] || a - b);
    // Of an address: its allocation's sample and one more, or 0 once it is freed.
    const held = new IntKeyMap();
    for (const row of order) held.set(this.#addressLow.at(row), this.#addressHigh.at(row), this.#sample.at(row) + 1);
    const samples: SampleIndex[] = [];
    for (const row of order) {
      const sample = this.#sample.at(row);
      if (sample >= 0 && held.get(this.#addressLow.at(row), this.#addressHigh.at(row)) === sample + 1)
        samples.push(sample);
    }
    return samples;
  }
}
