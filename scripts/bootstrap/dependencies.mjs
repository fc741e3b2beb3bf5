import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './run-command.mjs';

/**
 * Installs what package-lock.json names, unless exactly that is installed already. npm writes its own record of
 * an installation last, so one that was cut short has none.
 * @param {string} root the checkout
 */
export async function ensureDependencies(root) {
  const difference = firstDifference(root);
  if (difference === undefined) return;
  console.log(`Installing the dependencies (${difference}).`);
  // Without scripts: nothing that is fetched runs before a person has had a chance to read it, and none of them needs it.
  await mustRun('Installing the dependencies', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
  });
}

/** @returns {string | undefined} why an installation is needed */
function firstDifference(root) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
  } catch {
    return 'none are installed';
  }
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  for (const [path, { version, integrity, optional, peer }] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = installed[path];
    // npm leaves out optional packages that are made for another platform.
    if (there === undefined && (optional || peer)) continue;
    const name = path.replace(/^.*node_modules\//, '');
    if (there === undefined) return `${name} isn't there`;
    if (there.version !== version || there.integrity !== integrity)
      return `${name} is ${there.version}, not ${version}`;
  }
  return undefined;
}
