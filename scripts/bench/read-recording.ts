import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { importProfile } from '../../src/core/importers/import-profile.ts';

// Reads one file into a profile and does nothing with it: `node read-recording.ts FILE [FORMAT]`, of that format alone.
const [path, expected] = process.argv.slice(2);
const file = openSync(path, 'r');
const { samples, origin } = importProfile({
  name: path,
  size: fstatSync(file).size,
  read: (into, offset) => readSync(file, into, 0, into.length, offset),
});
closeSync(file);
if (expected !== undefined && origin.format !== expected) throw new Error(`It is read as ${origin.format}.`);
console.log(`${samples.length} samples`);
