import { ProfileBuilder } from '../profile/builder.ts';
import { NONE, type ValueIndex } from '../profile/profile.ts';
import { baseName } from '../profile/unknown-name.ts';
import type { Importer } from './importer.ts';
import { HAS_NO_MORE, JsonKeys } from './reading/json-keys.ts';
import { jsonOutline } from './reading/json-outline.ts';
import { JsonStream } from './reading/json-stream.ts';

/**
 * What Scalene writes with `--json`: for each line of a Python program its share of the CPU time, in Python, in native code and in the
 * system, and what it allocated. (https://github.com/plasma-umass/scalene: scalene_json.py)
 */
export const scalene: Importer = {
  format: 'scalene',
  extensions: ['.json'],
  recognises(head) {
    const { paths } = jsonOutline(head);
    // Keys are in order of the alphabet; before the time there may be much.
    if (paths.has('alloc_samples') && (paths.has('args') || paths.has('async_profile'))) return true;
    return paths.has('elapsed_time_sec') && paths.has('entrypoint_dir');
  },
  read(source, watch) {
    const json = new JsonStream(scalene.format, source, watch);
    return new ScaleneFile(json).read();
  },
};

const FILE = { elapsed_time_sec: 0, files: 1, program: 2, memory: 3, gpu: 4, args: 5, stacks: 6, combined_stacks: 7 };
const ENTRY = { functions: 0, lines: 1 };
const LINE = {
  lineno: 0,
  n_cpu_percent_python: 1,
  n_cpu_percent_c: 2,
  n_sys_percent: 3,
  n_malloc_mb: 4,
  n_gpu_percent: 5,
  start_function_line: 6,
  start_region_line: 7,
  line: 8,
};
type LineRow = number[];

class ScaleneFile {
  readonly #json: JsonStream;
  readonly #builder = new ProfileBuilder();
  readonly #entryKeys = new JsonKeys(Object.keys(ENTRY));
  readonly #lineKeys = new JsonKeys(Object.keys(LINE));
  readonly #files: { path: string; lines: LineRow[]; functions: Map<number, string> }[] = [];
  #elapsed = Number.NaN;
  #program = '';
  #hasMemory = false;
  #hasGpu = false;
  #hasStacks = false;
  readonly #args: string[] = [];

  constructor(json: JsonStream) {
    this.#json = json;
  }

  read() {
    const json = this.#json;
    const keys = new JsonKeys(Object.keys(FILE));
    if (!json.enterObject()) json.fail('a profile is an object');
    for (let key = json.nextKey(keys); key !== HAS_NO_MORE; key = json.nextKey(keys)) {
      if (key === FILE.elapsed_time_sec) this.#elapsed = json.number();
      else if (key === FILE.program) this.#program = json.string();
      else if (key === FILE.memory) this.#hasMemory = json.boolean();
      else if (key === FILE.gpu) this.#hasGpu = json.boolean();
      else if (key === FILE.files) this.#readFiles();
      else if (key === FILE.stacks || key === FILE.combined_stacks) this.#readStacks();
      else if (key === FILE.args) {
        if (json.enterArray()) while (json.nextElement()) this.#args.push(json.string());
      }
    }
    json.finish();
    if (!(this.#elapsed >= 0)) json.fail('it has no elapsed time');
    return this.#profile();
  }

  /** Whether there are any, as in files of newer versions. */
  #readStacks(): void {
    const json = this.#json;
    if (!json.enterArray()) return;
    while (json.nextElement()) {
      this.#hasStacks = true;
      json.skip();
    }
  }

  #readFiles(): void {
    const json = this.#json;
    if (!json.enterObject()) return;
    for (let path = json.nextAnyKey(); path !== HAS_NO_MORE; path = json.nextAnyKey()) {
      const file = { path: json.textAt(path), lines: [] as LineRow[], functions: new Map<number, string>() };
      this.#files.push(file);
      if (!json.enterObject()) continue;
      for (let key = json.nextKey(this.#entryKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#entryKeys)) {
        if (!json.enterArray()) continue;
        while (json.nextElement()) {
          const { row, text } = this.#row();
          if (key === ENTRY.lines) file.lines.push(row);
          else file.functions.set(row[LINE.lineno], text);
        }
      }
    }
  }

  /** A line, or a function, which has the same keys: its text is its name. */
  #row(): { row: LineRow; text: string } {
    const json = this.#json;
    const row: LineRow = [];
    let text = '';
    if (!json.enterObject()) return { row, text };
    for (let key = json.nextKey(this.#lineKeys); key !== HAS_NO_MORE; key = json.nextKey(this.#lineKeys)) {
      if (key === LINE.line) text = json.string();
      else row[key] = json.number();
    }
    return { row, text };
  }

  #profile() {
    const builder = this.#builder;
    const values = this.#values();
    let unsound = 0;
    for (const { path, lines, functions } of this.#files) {
      for (const row of lines) {
        const line = row[LINE.lineno];
        if (!(Number.isInteger(line) && line > 0 && line < 2 ** 31)) {
          unsound++;
          continue;
        }
        const weights = values.map(({ amount }) => amount((key) => (Number.isFinite(row[key]) ? row[key] : 0)));
        if (weights.every((weight) => weight === 0)) continue;
        const own = functions.get(row[LINE.start_function_line]) ?? functions.get(row[LINE.start_region_line]);
        const startLine =
          own === undefined
            ? 0
            : functions.has(row[LINE.start_function_line])
              ? row[LINE.start_function_line]
              : row[LINE.start_region_line];
        const func = builder.function({ name: own ?? `<module> ${baseName(path)}`, file: path, startLine });
        const stack = builder.stack(NONE, builder.frame({ function: func, line, kind: 'interpreted' }));
        const sample = builder.sample(stack, NONE, Number.NaN);
        for (const [index, { value }] of values.entries()) builder.addWeight(sample, value, weights[index]);
      }
    }
    const warnings: string[] = [];
    if (unsound > 0) warnings.push(`Lines without a number, left out: ${unsound}.`);
    if (builder.sampleCount === 0) warnings.push('No line in it has a cost.');
    return builder.finish({
      origin: {
        format: scalene.format,
        producer: 'Scalene',
        commandLine: this.#args.length > 0 ? this.#args : this.#program === '' ? [] : [this.#program],
        durationNs: this.#elapsed * 1e9,
        mayMislead: [
          this.#hasStacks
            ? 'Its stacks are not read: each line has its own cost, and none of what it calls in other profiled lines.'
            : 'There are no stacks in it: each line has its own cost, and none of what it calls in other profiled lines.',
          'Times are shares of the samples, multiplied by the time that the program ran.',
        ],
      },
      quality: { warnings },
    });
  }

  #values(): { value: ValueIndex; amount: (cell: (key: number) => number) => number }[] {
    const builder = this.#builder;
    const percent = this.#elapsed * 1e7;
    const time = (type: string, ...keys: readonly number[]) => ({
      value: builder.value(type, 'nanoseconds'),
      amount: (cell: (key: number) => number) => keys.reduce((sum, key) => sum + cell(key), 0) * percent,
    });
    return [
      time('cpu', LINE.n_cpu_percent_python, LINE.n_cpu_percent_c, LINE.n_sys_percent),
      time('python', LINE.n_cpu_percent_python),
      time('native', LINE.n_cpu_percent_c),
      time('system', LINE.n_sys_percent),
      ...(this.#hasGpu ? [time('gpu', LINE.n_gpu_percent)] : []),
      ...(this.#hasMemory
        ? [
            {
              value: builder.value('alloc_space', 'bytes'),
              amount: (cell: (key: number) => number) => cell(LINE.n_malloc_mb) * 1048576,
            },
          ]
        : []),
    ];
  }
}
