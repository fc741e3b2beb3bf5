import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/**
 * Starts the machine's Chromium without a window. Playwright ends it when this process ends.
 *
 * @param hasBeat whether frames wait for a display's beat, 60 times a second; without, a frame follows as soon as the last is done
 */
export function startChromium({ hasBeat = true }: { readonly hasBeat?: boolean } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    headless: true,
    args: hasBeat ? ARGS : [...ARGS, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
}

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumPath(): string {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names) {
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not in this folder.
      }
    }
  }
  throw new Error('Chromium is not on PATH; on Debian: sudo apt-get install chromium');
}
