import type { Tool } from './tool.ts';

export const node: Tool = {
  name: 'node',
  purpose: 'CPU profiles of JavaScript and TypeScript, by V8 itself',
  executables: ['node', 'nodejs'],
  versionArguments: ['--version'],
  versionIn: /^v(\d\S*)/,
  packages: { debian: 'nodejs', ubuntu: 'nodejs', fedora: 'nodejs', arch: 'nodejs' },
  withoutIt: 'There is nothing to run JavaScript with.',
  required: false,
};

/** V8's own: one sample a millisecond. */
export const NODE_FREQUENCY_HZ = 1000;
