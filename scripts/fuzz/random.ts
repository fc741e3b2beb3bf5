import { seededRandom } from '../../test/support/seeded-random.ts';

/** Choices that are the same for the same seed. */
export class Random {
  /** 0 to below 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  /** A whole number from 0 to below `end`; 0 where there is none. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }

  /** A number of at least 1, mostly small: each doubling is half as likely, up to `most`. */
  few(most: number): number {
    let end = 1;
    while (end < most && this.chance(0.5)) end *= 2;
    return Math.min(most, end + this.below(end));
  }
}
