/** Of each format. */
const INPUTS = 100_000;
/** The same inputs each time: a failure is one of the change that is tested. Other seeds are for runs by hand. */
const SEED = 1;

/**
 * Wrong files of every format into the importers; each format counts as one test.
 * @param {import('./index.mjs').LayerContext} context
 * @returns {Promise<import('./index.mjs').Result>}
 */
export async function fuzz({ root }) {
  const { fuzzFormats } = await import('../fuzz/fuzz.ts');
  const { FORMATS } = await import('../fuzz/formats.ts');
  const { passed, failed } = await fuzzFormats(root, FORMATS, {
    seed: SEED,
    inputs: INPUTS,
    end: Number.POSITIVE_INFINITY,
  });
  return { passed, failed, skipped: [] };
}
