import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProfileBuilder } from '../../src/core/profile/builder.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { Open } from '../../src/protocol/flame-graph.ts';
import { needTool } from '../support/need-tool.ts';
import { panelUnderTest } from './panel-under-test.ts';
import { sampleHost } from './sample-host.ts';

describe('what a flame graph can’t draw', { skip: needTool('chromium') }, () => {
  const pages = panelUnderTest('flame-graph');

  it('says that costs below nothing are not drawn', async () => {
    const { page } = await pages.open(sampleHost({ profile: calls(10, -4, 2) }).handlers);
    await page.getByText('Costs below 0 aren’t drawn.').waitFor();
    await page.locator('.status-quality').click();
    assert.match(await page.locator('.note-card').innerText(), /leave no room for what stands beside it/);
  });

  it('says what costs add up to where that is below nothing', async () => {
    const { page } = await pages.open(sampleHost({ profile: calls(1, -4) }).handlers);
    await page.getByText('all together are −3 samples').waitFor();
  });

  it('says nothing of a recording that is closed, and offers no choice of it', async () => {
    const host = sampleHost({ profile: calls(10, 2) });
    const { page, changed } = await pages.open(host.handlers);
    const [title, status] = [page.getByText('render · 23 Nov 10:02'), page.locator('.status-frame')];
    await title.waitFor();
    assert.match(await status.innerText(), /12 samples/);
    host.state = { status: 'empty', actions: [] };
    await changed('state');
    await page.getByText('No recording is open').waitFor();
    for (const gone of [title, status, page.locator('.status-quality'), page.getByLabel('Calls').first()]) {
      assert.ok(await gone.isHidden());
    }
  });

  it('names only what there is to choose from where nothing costs anything', async () => {
    const host = sampleHost({ profile: calls(0, 0) });
    const { page } = await pages.open(host.handlers);
    await page.getByText('Change the threads above.').waitFor();
    const says = async (state: Partial<Open>, text: string) => {
      host.state = { ...(host.state as Open), ...state };
      const { page: other } = await pages.open(host.handlers);
      await other.getByText(text).waitFor();
    };
    await says({ threads: [] }, 'All that the recording holds has a cost of 0.');
    await says({ samples: 0 }, 'The recording holds no samples.');
  });
});

/** Functions that one function calls, each with what it costs. */
function calls(...costs: readonly number[]): Profile {
  const builder = new ProfileBuilder();
  const frame = (name: string) => builder.frame({ function: builder.function({ name }) });
  const value = builder.value('samples', 'count');
  for (const [at, cost] of costs.entries()) {
    const stack = builder.stackOf([frame('main'), frame(`call ${at}`)]);
    builder.addWeight(builder.sample(stack, builder.thread(1, 1, 'main'), 0), value, cost);
  }
  return builder.finish();
}
