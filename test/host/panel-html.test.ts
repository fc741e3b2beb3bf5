import assert from 'node:assert/strict';
import { it } from 'node:test';
import { panelHtml } from '../../src/host/panel-html.ts';

it('a panel’s page may run its own script and nothing else', () => {
  const html = panelHtml({
    title: '<Flame> & "Graph"',
    script: 'https://here/flame-graph.js',
    style: 'https://here/flame-graph.css',
    source: 'https://here',
    nonce: 'abc',
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
  assert.equal(
    policy,
    "default-src 'none'; script-src 'nonce-abc'; style-src https://here 'nonce-abc'; font-src https://here",
  );
  assert.match(html, /<title>&lt;Flame&gt; &amp; &quot;Graph&quot;<\/title>/);
  assert.equal(html.match(/<script/g)?.length, 1);
});

it('a page that brings WebAssembly along may compile it, and still connect to nobody', () => {
  const html = panelHtml({
    title: '',
    script: 's',
    style: 'c',
    source: 'https://here',
    nonce: 'abc',
    compilesWasm: true,
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
  assert.equal(
    policy,
    "default-src 'none'; script-src 'nonce-abc' 'wasm-unsafe-eval'; style-src https://here 'nonce-abc'; font-src https://here",
  );
});
