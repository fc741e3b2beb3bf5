import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { importProfile } from '../../src/core/importers/import-profile.ts';

// Reads one file into a profile and does nothing with it: `node read-recording.ts FILE`.
const [path] = process.argv.slice(2);
const file = openSync(path, 'r');
const { samples } = importProfile({
  name: path,
  size: fstatSync(file).size,
  read: (into, offset) => readSync(file, into, 0, into.length, offset),
});
closeSync(file);
console.log(`${samples.length} samples`);
