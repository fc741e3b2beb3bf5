import { join } from 'node:path';
import { PATIENCE_MS } from '../patience.ts';
import { startChromium } from './chromium.ts';
import { REPOSITORY } from './repository.ts';
import type { StartTestHost } from './run-editor-tests.ts';
import { startVsCodeServer } from './vscode-server.ts';

/** The real VS Code server, with the real workbench in Chromium: needs no display and no download of VS Code. */
export const startServerTestHost: StartTestHost = async ({ suite, workspace, env }) => {
  const server = await startVsCodeServer({ env });
  try {
    const browser = await startChromium();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(address(server.url, workspace, suite));
    return {
      hasEnded: () => !browser.isConnected() || server.log().includes(HOST_ENDED),
      log: server.log,
      async end() {
        await page.screenshot({ path: join(REPOSITORY, 'out', 'editor-tests', 'end.png') }).catch(() => {});
        await browser.close();
        await server.end();
      },
    };
  } catch (error) {
    await server.end();
    throw error;
  }
};

/** What the server says when the extension host dies, as it also does after the last test. */
const HOST_ENDED = 'Extension Host Process exited';

/** The workbench with a folder, an extension that is loaded from its folder, and the tests it runs. */
function address(server: string, workspace: string, suite: string): string {
  const remote = (path: string) => `vscode-remote://remote${encodeURI(path)}`;
  const payload = [
    ['extensionDevelopmentPath', remote(REPOSITORY)],
    ['extensionTestsPath', remote(suite)],
    ['skipWelcome', 'true'],
  ];
  return `${server}/?${new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) })}`;
}
