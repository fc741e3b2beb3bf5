/** A place in a source file that can be run by itself. */
export interface RunnablePlace {
  /** From 0. */
  readonly line: number;
  /** What runs, in a word: `benchmark`, `test`, `program`. */
  readonly what: string;
  /** The command line; PYTHON stands for the interpreter. */
  readonly argv: readonly string[];
  /** Where it is run: the workspace folder, or the file's own. */
  readonly cwd: 'workspace' | 'file';
}

export const PYTHON = '\0python';

/**
 * The tests, benchmarks and main programs in a file's text, by the conventions of its language: `go test`'s functions, pytest's, and Python's
 * `if __name__ == "__main__"`. What the language's own extension knows better isn't asked, since it may not be there.
 * @param path from the workspace folder
 */
export function runnablePlaces(language: string, path: string, text: string): RunnablePlace[] {
  const find = LANGUAGES[language];
  return find ? find(path, text.split('\n')) : [];
}

const LANGUAGES: Readonly<Record<string, (path: string, lines: readonly string[]) => RunnablePlace[]>> = {
  __proto__: null as never,
  go: goPlaces,
  python: pythonPlaces,
};

/** (https://pkg.go.dev/testing) */
function goPlaces(path: string, lines: readonly string[]): RunnablePlace[] {
  if (!path.endsWith('_test.go')) return [];
  return lines.flatMap((text, line): RunnablePlace[] => {
    const [, name, kind] = /^func ((Benchmark|Test)(?![a-z])\w*)\(\w+ \*testing\.[BT]\)/.exec(text) ?? [];
    if (name === undefined) return [];
    const argv =
      kind === 'Benchmark'
        ? ['go', 'test', '-run', '^$', '-bench', `^${name}$`, '.']
        : ['go', 'test', '-count', '1', '-run', `^${name}$`, '.'];
    return [{ line, what: kind === 'Benchmark' ? 'benchmark' : 'test', argv, cwd: 'file' }];
  });
}

/** (https://docs.pytest.org/en/stable/explanation/goodpractices.html#test-discovery) */
function pythonPlaces(path: string, lines: readonly string[]): RunnablePlace[] {
  const isTest = /(^|\/)(test_[^/]*|[^/]*_test)\.py$/.test(path);
  let className = '';
  return lines.flatMap((text, line): RunnablePlace[] => {
    if (/^if\s+__name__\s*==\s*(['"])__main__\1\s*:/.test(text)) {
      return [{ line, what: 'program', argv: [PYTHON, path], cwd: 'workspace' }];
    }
    if (!isTest) return [];
    const [, indent, keyword, name] = /^(\s*)(?:async\s+)?(def|class)\s+(\w+)/.exec(text) ?? [];
    if (name === undefined) return [];
    if (indent === '') className = keyword === 'class' && name.startsWith('Test') ? name : '';
    if (keyword !== 'def' || !name.startsWith('test') || (indent !== '' && className === '')) return [];
    const id = [path, ...(indent === '' ? [] : [className]), name].join('::');
    return [{ line, what: 'test', argv: [PYTHON, '-m', 'pytest', id], cwd: 'workspace' }];
  });
}
