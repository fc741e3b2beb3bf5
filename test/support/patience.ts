/**
 * How long a test waits for what a person waits for, in milliseconds: for ever, nearly, so that what fails is the product and not a machine that was busy
 * elsewhere for half a minute.
 */
export const PATIENCE_MS = 120_000;
