import { Float64Column, Int32Column } from '../../profile/column.ts';
import { IntRows } from '../../profile/int-rows.ts';

/** Samples of stacks of addresses, as the file has them: before symbols, before mappings. */
export class AddressSamples {
  /** Addresses by number: lower and upper 32 bits. */
  readonly addresses = new IntRows(2, 1024);
  /** Numbers of the addresses of all stacks, innermost first. */
  stacks = new Int32Column(1024);
  /** By sample, and one more: where its stack starts in `stacks`. */
  starts = new Int32Column(1024);
  /** By value type, by sample. */
  readonly values: readonly Float64Column[];
  /** By sample: its label `bytes`, NaN where it has none. */
  readonly blockBytes = new Float64Column(1024);
  /** Numbers that are too large for one, or became so when they were scaled. They are taken for 0. */
  unsound = 0;

  constructor(valueCount: number) {
    this.values = Array.from({ length: valueCount }, () => new Float64Column(1024));
    this.starts.push(0);
  }

  get length(): number {
    return this.starts.length - 1;
  }

  /** Adds a sample of what was pushed to `stacks` since the last one. */
  add(values: readonly number[], blockBytes = Number.NaN): void {
    for (const [index, column] of this.values.entries()) {
      const isSound = Number.isFinite(values[index]);
      column.push(isSound ? values[index] : 0);
      if (!isSound) this.unsound++;
    }
    this.blockBytes.push(blockBytes);
    this.starts.push(this.stacks.length);
  }

  push(address: bigint): void {
    this.stacks.push(this.numberOf(address));
  }

  numberOf(address: bigint): number {
    ADDRESS_ROW[0] = Number(address & 0xffff_ffffn);
    ADDRESS_ROW[1] = Number((address >> 32n) & 0xffff_ffffn);
    return this.addresses.intern(ADDRESS_ROW);
  }

  addressOf(number: number): bigint {
    return (BigInt(this.addresses.at(number, 1) >>> 0) << 32n) | BigInt(this.addresses.at(number, 0) >>> 0);
  }

  /** The second-innermost address of a sample, or -1 where it has one address or none. */
  secondOf(sample: number): number {
    const start = this.starts.at(sample);
    return this.starts.at(sample + 1) - start > 1 ? this.stacks.at(start + 1) : -1;
  }

  /** Takes the second-innermost address out of the samples for which `isTaken` says so. */
  withoutSecond(isTaken: (sample: number) => boolean): void {
    const stacks = new Int32Column(this.stacks.length);
    const starts = new Int32Column(this.starts.length);
    starts.push(0);
    for (let sample = 0; sample < this.length; sample++) {
      const start = this.starts.at(sample);
      const end = this.starts.at(sample + 1);
      const taken = end - start > 1 && isTaken(sample) ? start + 1 : -1;
      for (let at = start; at < end; at++) if (at !== taken) stacks.push(this.stacks.at(at));
      starts.push(stacks.length);
    }
    this.stacks = stacks;
    this.starts = starts;
  }

  /**
   * Takes out what signal handlers leave in stacks: an innermost address that stands there twice, the second time one less, as what is
   * taken for a call is.
   */
  withoutDoubledInnermost(): void {
    this.withoutSecond((sample) => {
      const start = this.starts.at(sample);
      return (
        this.addressOf(this.stacks.at(start)) === BigInt.asUintN(64, this.addressOf(this.stacks.at(start + 1)) + 1n)
      );
    });
  }
}

const ADDRESS_ROW = new Int32Array(2);
