import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { speedscopeFiles } from '../../scripts/build/speedscope-files.mjs';
import type { Profile } from '../../src/core/profile/profile.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import { speedscopeFile } from '../../src/core/profile/queries/speedscope-file.ts';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { SpeedscopeContract, SpeedscopeOpen } from '../../src/protocol/speedscope.ts';
import { drawnProfile } from '../support/drawn-profile.ts';
import { needTool } from '../support/need-tool.ts';
import type { PanelPageOptions } from './panel-page.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleProfile } from './sample-host.ts';

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css', woff2: 'font/woff2' };
/** speedscope asks for a script of this name where it is to be given a profile; the policy refuses it. The rest is the test's own GPU. */
const EXPECTED = /^Not allowed to load local resource: file:\/\/\/profile$|GL Driver Message|WebGL/;

describe('the page with speedscope', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('speedscope', (complaint) => EXPECTED.test(complaint));
  let requests: string[] = [];
  afterEach(() => {
    assert.deepEqual(
      requests.filter((url) => !/^http:\/\/panel\.test\/|^data:|^file:\/\/\/profile$/.test(url)),
      [],
      'nothing is asked of anyone else',
    );
  });

  async function open(
    overrides: Partial<Handlers<SpeedscopeContract>> = {},
    options: PanelPageOptions & { withoutWebGl?: boolean } = {},
  ) {
    const state: { -readonly [K in keyof SpeedscopeOpen]: SpeedscopeOpen[K] } = {
      status: 'open',
      version: 1,
      title: 'render · 23 Nov 10:02',
      shown: 'cpu-clock · only with /draw/',
      isStale: false,
    };
    const asked: string[] = [];
    const files = speedscopeFiles();
    requests = [];
    const note = (request: string) => () => {
      asked.push(request);
      return null;
    };
    const handlers: Handlers<SpeedscopeContract> = {
      state: () => state,
      file: () => fileOf(sampleProfile()),
      reload: note('reload'),
      act: note('act'),
      cancel: note('cancel'),
      ...overrides,
    };
    const opened = await pages.open(handlers, {
      ...options,
      beforeLoad: async (page) => {
        if (options.withoutWebGl) await page.addInitScript(withoutWebGl);
        page.on('request', (request) => requests.push(request.url()));
        await page.route('http://panel.test/speedscope/**', (route) => {
          const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
          const body = files.get(name);
          const contentType = TYPES[name.split('.').at(-1)!];
          return route.fulfill(body ? { body: Buffer.from(body), contentType } : { status: 404 });
        });
      },
    });
    return { ...opened, state, asked };
  }

  /** The same with the profile in speedscope. */
  async function openLoaded(...args: Parameters<typeof open>) {
    const made = await open(...args);
    await made.page.locator('footer.status').waitFor();
    return made;
  }

  it('shows the profile: speedscope names it, its thread, and draws it', async () => {
    const { page } = await openLoaded();
    assert.equal(await page.title(), 'render - speedscope');
    await page.getByText('render (4242)').waitFor();
    await page.getByText('Left Heavy').waitFor();
    const { width, height } = (await page.locator('canvas').last().boundingBox())!;
    assert.ok(width > 1000 && height > 200, `${width} × ${height}`);
  });

  it('lists the functions by what they cost, as our own table does', async () => {
    const { page } = await openLoaded();
    await page.getByText('Sandwich').click();
    await page.locator('table tbody tr, [class] td').first().waitFor();
    const rows = (await page.locator('tr').allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
    const dot = rows.find((row) => row.includes('render::Vector<double, 3>::dot'));
    // 300 + 160 ms of 1000 ms.
    assert.match(dot ?? rows.join('\n'), /460\.00ms ?\(46%\)/);
  });

  it('has a profile for all threads and one for each where there are several', async () => {
    const profile = drawnProfile(`
      #t  a     b     b
          main  main  main
          f     g     h`);
    const { page } = await openLoaded({ file: () => fileOf(profile) });
    await page.getByText(/all threads\s*\(1\/3\)/).waitFor();
  });

  it('shows names that only speedscope’s own WebAssembly can read', async () => {
    const { page } = await openLoaded({ file: () => fileOf(drawnProfile('_ZN3foo3barEv')) });
    await page.getByText('Sandwich').click();
    await page.getByText('foo::bar()').first().waitFor();
  });

  it('says below it what is shown, and what is lost', async () => {
    const { page } = await openLoaded();
    const row = page.locator('footer.status');
    assert.match(await row.innerText(), /render · 23 Nov 10:02\s*cpu-clock · only with \/draw\//);
    assert.match((await row.locator('.limits').getAttribute('aria-label'))!, /Lines that were executing/);
    assert.equal(await row.locator('.changed').isVisible(), false);
    const bottom = await page.locator('body > div').last().boundingBox();
    assert.ok(bottom!.y + bottom!.height <= (await row.boundingBox())!.y + 1, 'the row covers nothing');
  });

  it('stays as it is when the view changes, says so, and loads anew by the button', async () => {
    let view = 'a  b';
    const { page, state, asked, changed } = await openLoaded({
      file: () => fileOf(drawnProfile(view)),
      reload: () => {
        asked.push('reload');
        return null;
      },
    });
    view = 'a';
    state.isStale = true;
    await changed('state');
    await page.getByText('The view has changed.').waitFor();
    await page.getByText('Reload with the Current View').click();
    await page.waitForFunction(() => true);
    assert.deepEqual(asked, ['reload']);
    Object.assign(state, { version: 2, isStale: false, shown: 'samples' });
    await changed('recording');
    await page.locator('.shown', { hasText: /^samples$/ }).waitFor();
    await page.getByText('The view has changed.').waitFor({ state: 'hidden' });
  });

  it('is told once of what it shows already', async () => {
    let files = 0;
    const { page, changed } = await openLoaded({
      file: () => {
        files++;
        return fileOf(sampleProfile());
      },
    });
    await changed('recording');
    await changed('state');
    await page.waitForTimeout(200);
    assert.equal(files, 1);
  });

  it('says why there is nothing to show, with the next step', async () => {
    const { page, asked } = await open({
      file: () => {
        throw new Error('The stacks in this view have 12 M frames together. Show one thread.');
      },
    });
    await page.getByText('12 M frames together').waitFor();
    await page.getByText('Try Again').click();
    await page.getByText('Open Flame Graph').click();
    await page.waitForTimeout(50);
    assert.deepEqual(asked, ['reload', 'act']);
  });

  it('says so where this window has no WebGL', async () => {
    const { page } = await open({}, { withoutWebGl: true });
    await page.getByText('this window has none').waitFor();
  });

  it('offers to open something where nothing is open, and Cancel while something is', async () => {
    let state: Handlers<SpeedscopeContract>['state'] = () => ({
      status: 'empty',
      actions: [{ id: 'perfwright.profile', title: 'Profile…' }],
    });
    const { page, asked, changed } = await open({ state: (ask) => state(ask) });
    await page.getByText('No recording is open').waitFor();
    await page.getByText('Profile…').click();
    state = () => ({ status: 'loading', title: 'big.data', doing: 'Reading', done: 0.4 });
    await changed('state');
    await page.getByText('Cancel').click();
    await page.waitForTimeout(50);
    assert.deepEqual(asked, ['act', 'cancel']);
  });

  it('is light in a light theme and follows when that changes', async () => {
    const { page, setTheme } = await openLoaded({}, { theme: 'light' });
    const colour = () =>
      page
        .locator('body > div')
        .last()
        .evaluate((root) => getComputedStyle(root).color);
    const light = await colour();
    await setTheme('dark');
    await page.waitForTimeout(200);
    const dark = await colour();
    assert.ok(brightness(dark) > brightness(light) + 100, `${light} in light, ${dark} in dark`);
  });
});

/** Runs in the page. */
function withoutWebGl(): void {
  const { prototype } = HTMLCanvasElement;
  const original = prototype.getContext as (
    this: HTMLCanvasElement,
    kind: string,
    ...rest: unknown[]
  ) => RenderingContext | null;
  prototype.getContext = function getContext(this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
    return kind === 'webgl' ? null : original.call(this, kind, ...rest);
  } as typeof prototype.getContext;
}

function fileOf(profile: Profile) {
  const model = new QueryModel(profile);
  const file = speedscopeFile(model, { view: model.defaultView, name: 'render', mostFrames: 1e6 });
  assert.ok(file.kind === 'written');
  return { name: 'render.speedscope.json', bytes: file.bytes, losses: file.losses };
}

function brightness(colour: string): number {
  return Math.max(...[...colour.matchAll(/\d+/g)].slice(0, 3).map(Number));
}
