import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleTables } from './sample-tables.ts';

describe('a call tree of deep stacks', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('tables');

  it('leaves room for names where what is shallow is in sight beside them', async () => {
    const { page } = await pages.open(sampleTables({ profile: deepAndShallow(200) }).handlers);
    await page.locator('.virtual-table').waitFor();
    await page.keyboard.press('d');
    await page.locator('.virtual-table[aria-label="Call tree"]').focus();
    await page.keyboard.press('End');
    await eventually(async () => {
      const rooms = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.vt-rows .vt-row')]
          .filter((row) => row.style.display !== 'none')
          .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
          .map((row) => {
            const cell = row.querySelector('.indent')!.parentElement!;
            const { right } = row.querySelector('.indent')!.getBoundingClientRect();
            return { text: cell.textContent.trim(), room: cell.getBoundingClientRect().right - right };
          }),
      );
      assert.equal(rooms.at(-1)?.text, 'shallow');
      assert.match(rooms.at(-2)?.text ?? '', /^deep/);
      for (const { text, room } of rooms) assert.ok(room > 100, `${text} has ${room} pixels`);
    });
  });
});

/** One function that calls a chain of others, which costs most, and one that calls nothing. */
function deepAndShallow(depth: number): Profile {
  const builder = new ProfileBuilder();
  const frame = (name: string) => builder.frame({ function: builder.function({ name }) });
  const value = builder.value('samples', 'count');
  const chain = Array.from({ length: depth }, (_, at) => frame(`deep ${at}`));
  for (const [cost, frames] of [
    [5, [frame('main'), ...chain]],
    [3, [frame('main'), frame('shallow')]],
  ] as const) {
    builder.addWeight(builder.sample(builder.stackOf(frames), builder.thread(1, 1, 'main'), 0), value, cost);
  }
  return builder.finish();
}
