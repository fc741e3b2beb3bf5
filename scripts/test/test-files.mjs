import { globSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { Stop } from '../bootstrap/run-command.mjs';

/**
 * The test files of a layer, all or those at or under some paths.
 * @param {string} root the checkout
 * @param {{name: string, folder: string, except?: string[]}} layer
 * @param {string[]} paths as typed, relative to the current folder
 * @returns {string[]} sorted, relative to the checkout
 */
export function testFiles(root, { name, folder, except = [] }, paths) {
  const isUnder = (file, place) => file === place || file.startsWith(place + sep);
  const all = globSync(`${folder}/**/*.test.ts`, { cwd: root })
    .filter((file) => !except.some((place) => isUnder(file, place)))
    .sort();
  if (all.length === 0) throw new Stop(`There is no test of the layer ${name} in ${folder}/.`);
  if (paths.length === 0) return all;
  const places = paths.map((path) => relative(root, resolve(path)));
  const found = all.filter((file) => places.some((place) => isUnder(file, place)));
  if (found.length === 0) throw new Stop(`No test of the layer ${name} is at ${paths.join(', ')}.`, 2);
  return found;
}
