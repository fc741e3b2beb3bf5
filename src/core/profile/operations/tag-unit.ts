/** An amount in a unit. Of a unit that measures nothing known, the amount as it is. */
export interface Measure {
  readonly amount: number;
  readonly unit: string;
}

/**
 * An amount of one unit in another, as pprof compares labels: units of one kind are converted, into the kind's own where the other is of none.
 * (https://github.com/google/pprof/blob/main/internal/measurement/measurement.go)
 */
export function inUnit(amount: number, from: string, to: string): Measure {
  for (const { own, units } of KINDS) {
    const source = unitOf(units, from);
    if (!source) continue;
    const target = unitOf(units, to) ?? unitOf(units, own)!;
    return { amount: (amount * source.factor) / target.factor, unit: target.name };
  }
  return { amount, unit: UNINTERESTING.includes(to) ? '' : to };
}

interface Unit {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly factor: number;
}

function unitOf(units: readonly Unit[], text: string): Unit | undefined {
  const lower = text.toLowerCase();
  const singular = lower.length > 2 ? lower.replace(/s$/, '') : lower;
  return units.find(({ aliases }) => aliases.includes(singular));
}

const UNINTERESTING = ['count', 'sample', 'unit', 'minimum', 'auto'];

const KINDS: readonly { readonly own: string; readonly units: readonly Unit[] }[] = [
  {
    own: 'b',
    units: [
      { name: 'B', aliases: ['b', 'byte'], factor: 1 },
      { name: 'kB', aliases: ['kb', 'kbyte', 'kilobyte'], factor: 2 ** 10 },
      { name: 'MB', aliases: ['mb', 'mbyte', 'megabyte'], factor: 2 ** 20 },
      { name: 'GB', aliases: ['gb', 'gbyte', 'gigabyte'], factor: 2 ** 30 },
      { name: 'TB', aliases: ['tb', 'tbyte', 'terabyte'], factor: 2 ** 40 },
      { name: 'PB', aliases: ['pb', 'pbyte', 'petabyte'], factor: 2 ** 50 },
    ],
  },
  {
    own: 's',
    units: [
      { name: 'ns', aliases: ['ns', 'nanosecond'], factor: 1 },
      { name: 'us', aliases: ['us', 'microsecond'], factor: 1e3 },
      { name: 'ms', aliases: ['ms', 'millisecond'], factor: 1e6 },
      { name: 's', aliases: ['s', 'sec', 'second'], factor: 1e9 },
      { name: 'hrs', aliases: ['hour', 'hr'], factor: 3600e9 },
    ],
  },
  {
    own: 'gcu',
    units: [
      { name: 'n*GCU', aliases: ['nanogcu'], factor: 1e-9 },
      { name: 'u*GCU', aliases: ['microgcu'], factor: 1e-6 },
      { name: 'm*GCU', aliases: ['milligcu'], factor: 1e-3 },
      { name: 'GCU', aliases: ['gcu'], factor: 1 },
      { name: 'k*GCU', aliases: ['kilogcu'], factor: 1e3 },
      { name: 'M*GCU', aliases: ['megagcu'], factor: 1e6 },
      { name: 'G*GCU', aliases: ['gigagcu'], factor: 1e9 },
      { name: 'T*GCU', aliases: ['teragcu'], factor: 1e12 },
      { name: 'P*GCU', aliases: ['petagcu'], factor: 1e15 },
    ],
  },
];
