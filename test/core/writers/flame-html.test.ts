import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { type FlameFile, flameHtml } from '../../../src/core/writers/flame-html.ts';
import type { WriteOptions } from '../../../src/core/writers/writer.ts';
import { drawnProfile } from '../../support/drawn-profile.ts';

/** What the file carries. */
function carried(profile: Profile, options: WriteOptions = {}): FlameFile {
  const viewer = { script: '', style: '' };
  const page = new TextDecoder().decode(flameHtml.write(profile, { flameViewer: () => viewer, ...options }));
  const [, data] = /id="data">([^<]*)</.exec(page) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(data ?? '', 'base64')).toString());
}

const PROFILE = drawnProfile(`
  #w   30    12
       main  main
       a     b
`);

test('the file says how many samples were taken, not how many rows they were added up to', () => {
  const { samples, hasSampleCount } = carried(PROFILE);
  assert.deepEqual({ samples, hasSampleCount }, { samples: 42, hasSampleCount: true });
});

test('the file is headed by what of the recording it shows', () => {
  assert.equal(carried(PROFILE).title, 'drawn');
  assert.equal(carried(PROFILE, { looked: ['only with /a/'] }).title, 'drawn · only with /a/');
});
