import type { FrameKind } from '../../profile/profile.ts';

/** What runs a source file, by its ending: for formats that don't say. */
export function kindOfFile(path: string): FrameKind {
  if (/\.(py|pyx|rb|php|pl|lua)$/.test(path)) return 'interpreted';
  return /\.([cm]?[jt]sx?|java|kt|scala|cs)$/.test(path) ? 'jit' : 'native';
}
