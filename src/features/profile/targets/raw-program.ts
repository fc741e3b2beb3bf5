/** A program as a configuration names it: `${…}` variables are still in it. */
export interface RawProgram {
  readonly argv: readonly string[];
  /** '' for the workspace folder. */
  readonly cwd: string;
  /** Added to our own environment; null takes a variable out. */
  readonly env: Readonly<Record<string, string | null>>;
  /** File with more of the environment, or ''. */
  readonly envFile: string;
  /** Tasks that run before it, by label. */
  readonly before: readonly string[];
}

/** A program, or why there is none that can be profiled, as a sentence. */
export type RawTarget = { readonly program: RawProgram } | { readonly problem: string };

/** An entry of launch.json or tasks.json, as a person wrote it: anything may be anything. */
export type Entry = Readonly<Record<string, unknown>>;

/** The entry as it holds on Linux. */
export function onLinux(entry: Entry): Entry {
  return isEntry(entry['linux']) ? { ...entry, ...entry['linux'] } : entry;
}

export function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text, or '' where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** An environment given as an object, as `["NAME=value"]`, or as `[{"name", "value"}]`. */
export function environmentOf(value: unknown): Record<string, string | null> {
  if (isEntry(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, text === null ? null : String(text)]));
  }
  const list: unknown[] = Array.isArray(value) ? value : [];
  return Object.fromEntries(
    list.flatMap((item): [string, string][] => {
      if (isEntry(item)) return [[textOf(item['name']), textOf(item['value'])]];
      const [name, ...rest] = textOf(item).split('=');
      return name ? [[name, rest.join('=')]] : [];
    }),
  );
}
