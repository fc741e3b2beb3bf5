import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../src/cli/index.ts';
import { TOUR, VIEWS } from './support/bench/sample-tour.ts';

// What the README and the documents name exists.

const ROOT = join(import.meta.dirname, '..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync(['docs/*.md', 'adr/*.md', 'experiments/*/README.md'], { cwd: ROOT }),
];
const TEXTS = DOCUMENTS.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

function named(pattern: RegExp): { file: string; match: RegExpMatchArray }[] {
  return TEXTS.flatMap(({ file, text }) => [...text.matchAll(pattern)].map((match) => ({ file, match })));
}

test('every link and picture leads to a file, and every anchor to a heading', () => {
  const links = named(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g);
  assert.ok(links.length > 20, `${links.length} links`);
  const broken = links.filter(({ file, match: [, path, anchor] }) => {
    const to = path === '' ? join(ROOT, file) : join(ROOT, dirname(file), path);
    return !existsSync(to) || (anchor !== undefined && !anchors(readFileSync(to, 'utf8')).includes(anchor));
  });
  assert.deepEqual(
    broken.map(({ file, match }) => `${file}: ${match[0]}`),
    [],
  );
});

test('every view has a picture in each theme, and the documents show it', () => {
  const shown = new Set(named(/pictures\/([\w-]+)-dark\.png/g).map(({ match }) => match[1]));
  const views = [...Object.keys(TOUR), ...Object.keys(VIEWS), 'compare'].sort();
  assert.deepEqual([...shown].sort(), views);
  const expected = views.flatMap((view) => ['dark', 'high-contrast', 'light'].map((theme) => `${view}-${theme}.png`));
  assert.deepEqual(readdirSync(join(ROOT, 'docs/pictures')).sort(), expected.sort());
});

test('every command line is one of the command line, with options that it has', () => {
  const lines = named(/(?:^ {4}(?:.*\| )?|`)(?:perfwright|node dist\/cli\.cjs) ([a-z]+)([^`\n]*)/gm);
  assert.ok(lines.length > 15, `${lines.length} command lines`);
  const wrong = lines.filter(({ match: [, name, rest] }) => {
    const options = COMMANDS[name]?.options;
    const own = rest.replace(/ -- .*| #.*/, '');
    const given = [...own.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option.replace(/^no-/, ''));
    return options === undefined || given.some((option) => option !== 'help' && !(option in options));
  });
  assert.deepEqual(
    wrong.map(({ file, match }) => `${file}: ${match[0]}`),
    [],
  );
});

test('every command of the palette that is named is contributed', () => {
  const { commands } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).contributes;
  const titles = commands.map(({ title }: { title: string }) => title);
  const names = named(/(?:\*\*?|`)Perfwright: ([^*`]+)(?:\*\*?|`)/g);
  assert.ok(names.length > 10, `${names.length} commands`);
  const unknown = names.filter(({ match }) => !titles.includes(match[1].replace(/\s+/g, ' ')));
  assert.deepEqual(
    unknown.map(({ file, match }) => `${file}: ${match[1]}`),
    [],
  );
});

/** Headings as links name them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
