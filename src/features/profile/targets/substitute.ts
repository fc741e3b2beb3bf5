/** Gives what a variable stands for; undefined where there is no such variable. `argument` is what follows its colon. */
export type Resolve = (name: string, argument: string) => Promise<string | undefined>;

/** Puts in what `${name}` and `${name:argument}` stand for. Throws where one isn't known, rather than start something else. */
export async function substitute(text: string, resolve: Resolve): Promise<string> {
  let result = '';
  let rest = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    const [whole, inside] = match;
    const colon = inside.indexOf(':');
    const [name, argument] = colon < 0 ? [inside, ''] : [inside.slice(0, colon), inside.slice(colon + 1)];
    const value = await resolve(name, argument);
    if (value === undefined) throw new Error(`${whole} stands for nothing here, so the program can't be started.`);
    result += text.slice(rest, match.index) + value;
    rest = match.index + whole.length;
  }
  return result + text.slice(rest);
}
