import { spawnSync } from 'node:child_process';

/**
 * Opens VS Code on the source that was recorded, with Perfwright loaded from the checkout.
 * @param {string} root the checkout
 * @param {import('./record-sample.mjs').Sample} sample
 * @returns {boolean} false where there is no desktop, or no VS Code
 */
export function openOnDesktop(root, { folder, file, line }) {
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', folder, '--goto', `${file}:${line}`];
  const { status } = spawnSync('code', args, { stdio: 'ignore' });
  if (status !== 0) return false;
  console.log(
    '\nVS Code opens on the hottest line. In the Perfwright view, choose the run to see what each line costs.',
  );
  return true;
}
