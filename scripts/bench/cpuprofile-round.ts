import { readFileSync } from 'node:fs';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { openFileBytes } from '../../src/symbols/file-bytes.ts';

/** One contestant's round, in a process of its own: `node cpuprofile-round.ts perfwright|JSON.parse FILE`. */
const [, , contestant, path] = process.argv;

const CONTESTANTS: Readonly<Record<string, () => () => unknown>> = {
  perfwright: () => () => importProfile(openFileBytes(path)!),
  'JSON.parse': () => {
    // Reading the file and making a string of it isn't counted.
    const text = readFileSync(path, 'latin1');
    return () => JSON.parse(text);
  },
};

const run = CONTESTANTS[contestant]();
const start = performance.now();
const result = run();
const seconds = (performance.now() - start) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ seconds, peakBytes, kept: typeof result }));
