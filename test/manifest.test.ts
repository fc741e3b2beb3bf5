import assert from 'node:assert/strict';
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { IMPORTERS } from '../src/core/importers/index.ts';
import { SETTINGS } from '../src/host/setting-defaults.ts';
import { PANELS } from '../src/protocol/index.ts';
import { TOOLS } from '../src/tools/index.ts';
import { RECORDERS } from '../src/tools/recorders/index.ts';
import { settingOf } from '../src/tools/tool.ts';

// package.json's contributions and the code's tables agree.

const ROOT = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const { contributes } = manifest;
const commands: { command: string; title: string; category: string }[] = contributes.commands;
const commandIds = commands.map(({ command }) => command).sort();
const menus: Record<string, { command: string; when?: string; group?: string }[]> = contributes.menus;
const sources = globSync('src/**/*.ts', { cwd: ROOT }).map((file) => readFileSync(join(ROOT, file), 'utf8'));
const properties: Record<
  string,
  { default: unknown; enum?: readonly string[]; scope?: string; description?: string; markdownDescription?: string }
> = Object.assign({}, ...contributes.configuration.map((group: { properties: object }) => group.properties));

function found(pattern: RegExp): string[] {
  return [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1])))].sort();
}

test('the commands that are contributed are those that are registered', () => {
  const registered = [
    ...found(/registerCommand\(\s*host,\s*'(perfwright\.[\w.]+)'/g),
    ...found(/\bcommand: '(perfwright\.[\w.]+)',\s*title: '/g),
  ];
  assert.deepEqual([...new Set(registered)].sort(), commandIds);
});

test('every command that the code, a menu, a welcome or the walkthrough names is contributed, or is the focus of a view', () => {
  const views = Object.values<{ id: string }[]>(contributes.views).flat();
  const known = new Set([...commandIds, ...views.map(({ id }) => `${id}.focus`)]);
  const text = JSON.stringify([contributes.viewsWelcome, contributes.walkthroughs]);
  const named = [
    ...found(/executeCommand(?:<[^>]*>)?\(\s*'(perfwright\.[\w.]+)'/g),
    ...found(/commandAction\('[^']*', '(perfwright\.[\w.]+)'/g),
    ...Object.values(menus).flatMap((items) => items.map(({ command }) => command)),
    ...[...text.matchAll(/(?:command|onCommand):(perfwright\.[\w.]+)/g)].map((match) => match[1]),
  ];
  assert.ok(named.length > 20);
  assert.deepEqual(
    named.filter((command) => !known.has(command)),
    [],
  );
});

test('every command has a title and stands under Perfwright', () => {
  for (const { command, title, category } of commands) {
    assert.equal(category, 'Perfwright', command);
    assert.match(title, /^[A-Z]/, command);
  }
});

test('no row of a tree has more than two actions of its own', () => {
  const inline = menus['view/item/context'].filter(({ group }) => group?.startsWith('inline'));
  const byView = Map.groupBy(inline, ({ when }) => /view == (\S+)/.exec(when ?? '')?.[1]);
  for (const [view, actions] of byView) assert.ok(actions.length <= 2, `${view} has ${actions.length}`);
});

test('the settings that are contributed are those that are read, with the same defaults', () => {
  const expected = Object.fromEntries([
    ...Object.entries(SETTINGS).map(([name, value]) => [`perfwright.${name}`, value]),
    ...TOOLS.map((tool) => [settingOf(tool), '']),
  ]);
  const contributed = Object.fromEntries(Object.entries(properties).map(([name, { default: value }]) => [name, value]));
  assert.deepEqual(contributed, expected);
  for (const [name, { description, markdownDescription }] of Object.entries(properties)) {
    assert.ok(description ?? markdownDescription, `${name} isn't described`);
  }
});

test("a workspace can't choose what is run: paths of tools are settings of the machine", () => {
  for (const tool of TOOLS) assert.equal(properties[settingOf(tool)].scope, 'machine', tool.name);
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
});

test('the tools that can be chosen are those that record', () => {
  assert.deepEqual(properties['perfwright.record.tool'].enum, ['auto', ...RECORDERS.map(({ tool }) => tool.name)]);
});

test('the views that are contributed are those that have something behind them, each with a welcome', () => {
  const views: { id: string }[] = contributes.views.perfwright;
  const ids = views.map(({ id }) => id);
  assert.deepEqual([...ids].sort(), found(/createTreeView\('(perfwright\.\w+)'/g));
  const welcomed = new Set(contributes.viewsWelcome.map(({ view }: { view: string }) => view));
  assert.deepEqual(
    ids.filter((id) => !welcomed.has(id)),
    [],
  );
});

test('every feature folder has its row, and every panel its activation', () => {
  const rows = [...readFileSync(join(ROOT, 'src/features/index.ts'), 'utf8').matchAll(/from '\.\/([\w-]+)\//g)];
  const folders = readdirSync(join(ROOT, 'src/features'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  assert.deepEqual(rows.map((row) => row[1]).sort(), folders.map(({ name }) => name).sort());
  for (const { viewType } of Object.values(PANELS)) {
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${viewType}`), viewType);
  }
});

test("the explorer offers to open and to compare what every importer's files are usually called, compressed ones too", () => {
  const usual = IMPORTERS.flatMap(({ extensions }) => extensions.map((extension) => `a${extension}`));
  const others = ['perf.data', 'perf.data.old', 'callgrind.out.4711', 'cachegrind.out.4711'];
  for (const command of ['perfwright.openProfile', 'perfwright.compareProfiles']) {
    const { when } = menus['explorer/context'].find((item) => item.command === command) ?? {};
    const pattern = new RegExp(/resourceFilename =~ \/(.*)\/$/.exec(when ?? '')?.[1] ?? '(?!)');
    for (const name of [...usual, ...others]) {
      assert.match(name, pattern);
      assert.match(name.endsWith('.gz') ? name : `${name}.gz`, pattern);
    }
    for (const name of ['main.cpp', 'archive.tar.gz', 'notes.txt']) assert.doesNotMatch(name, pattern);
  }
});

test("every importer's files open in an editor: by default only those that can't be anything else", () => {
  const editors: { viewType: string; priority: string; selector: { filenamePattern: string }[] }[] =
    contributes.customEditors;
  const registered = /const VIEW_TYPES = \[([^\]]*)\]/.exec(sources.find((text) => text.includes('VIEW_TYPES')) ?? '');
  assert.deepEqual(
    Array.from(registered?.[1].matchAll(/'([^']+)'/g) ?? [], ([, viewType]) => viewType),
    editors.map(({ viewType }) => viewType),
  );
  const patterns = (priority: string) =>
    editors.flatMap((editor) =>
      editor.priority === priority ? editor.selector.map(({ filenamePattern }) => filenamePattern) : [],
    );
  const isMet = (name: string, among: readonly string[]) =>
    among.some((pattern) => pattern === name || (pattern.startsWith('*') && name.endsWith(pattern.slice(1))));
  const all = [...patterns('default'), ...patterns('option')];
  for (const { extensions } of IMPORTERS) {
    for (const extension of extensions) assert.ok(isMet(`a${extension}`, all), extension);
  }
  for (const name of ['a.json', 'a.txt', 'a.data', 'a.prof', 'a.cpuprofile', 'a.trace'])
    assert.ok(!isMet(name, patterns('default')), name);
});

test('heat has five steps with a colour for every kind of theme, each further from the background than the last', () => {
  const colors: { id: string; defaults: Record<string, string> }[] = contributes.colors;
  const heat = colors.filter(({ id }) => id.startsWith('perfwright.heat'));
  assert.deepEqual(
    heat.map(({ id }) => id),
    [1, 2, 3, 4, 5].map((step) => `perfwright.heat${step}`),
  );
  const backgrounds = { dark: '#1f1f1f', light: '#ffffff', highContrast: '#000000', highContrastLight: '#ffffff' };
  for (const [theme, background] of Object.entries(backgrounds)) {
    const contrasts = heat.map(({ defaults }) => contrast(defaults[theme], background));
    for (let step = 1; step < contrasts.length; step++) {
      assert.ok(
        contrasts[step] > contrasts[step - 1] * 1.2,
        `${theme}: ${contrasts.map((c) => c.toFixed(1)).join(' ')}`,
      );
    }
    // WCAG 2.2, 1.4.11: graphics need 3:1. The first step is faint on purpose, and its length says as much.
    assert.ok(contrasts[1] >= 3, `${theme}: ${contrasts.map((c) => c.toFixed(1)).join(' ')}`);
  }
});

test('every file that package.json names is there', () => {
  const named = [
    manifest.icon,
    ...contributes.viewsContainers.activitybar.map(({ icon }: { icon: string }) => icon),
    ...contributes.views.perfwright.map(({ icon }: { icon: string }) => icon),
    ...contributes.walkthroughs.flatMap(({ steps }: { steps: { media: Record<string, string> }[] }) =>
      steps.flatMap(({ media }) => Object.values(media).filter((path) => path.startsWith('media/'))),
    ),
    ...(contributes.grammars ?? []).map(({ path }: { path: string }) => path),
    ...(contributes.languages ?? []).flatMap(({ configuration }: { configuration?: string }) => configuration ?? []),
  ];
  assert.deepEqual(
    named.filter((path) => !existsSync(join(ROOT, path))),
    [],
  );
});

test('the walkthrough has four steps', () => {
  assert.equal(contributes.walkthroughs[0].steps.length, 4);
});

/** Contrast of two colours by WCAG 2.2's relative luminance: 1 to 21. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
