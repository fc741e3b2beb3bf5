import assert from 'node:assert/strict';
import { after, afterEach, before } from 'node:test';
import type { Browser } from 'playwright-core';
import type { Handlers } from '../../src/protocol/contract.ts';
import type { ContractOf, PanelName } from '../../src/protocol/index.ts';
import { startChromium } from '../support/bench/chromium.ts';
import { openPanelPage, type PanelPage, type PanelPageOptions } from './panel-page.ts';

/** A panel's pages for the tests of a `describe`: one browser for all, a page for each, which is closed after it and must have complained of nothing. */
export interface PanelUnderTest<N extends PanelName> {
  open(handlers: Handlers<ContractOf<N>>, options?: PanelPageOptions): Promise<PanelPage<N>>;
  /** Tells the page that is open that something changed, if there is one. */
  changed(what: ContractOf<N>['changes']): Promise<void>;
}

/** @param isExpected whether a complaint of the page is none of ours */
export function panelUnderTest<N extends PanelName>(
  name: N,
  isExpected: (complaint: string) => boolean = () => false,
): PanelUnderTest<N> {
  let browser: Browser;
  let opened: PanelPage<N> | undefined;
  before(async () => {
    browser = await startChromium();
  });
  after(() => browser.close());
  afterEach(async () => {
    const closed = opened;
    opened = undefined;
    const complaints = closed?.complaints.filter((complaint) => !isExpected(complaint)) ?? [];
    await closed?.page.context().close();
    assert.deepEqual(complaints, [], 'the page complained');
  });
  return {
    async open(handlers, options = {}) {
      opened = await openPanelPage(browser, name, handlers, options);
      return opened;
    },
    async changed(what) {
      const told = opened;
      await told?.changed(what).catch((error: unknown) => {
        // A page that was closed before it heard of it needs to know no more.
        if (opened === told) throw error;
      });
    },
  };
}
