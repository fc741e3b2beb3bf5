import type { Feature } from '../host/host.ts';

/** Every feature, by its folder's name. */
export const FEATURES: Readonly<Record<string, Feature>> = {};
