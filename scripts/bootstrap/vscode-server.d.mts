export function ensureVsCodeServer(root: string): Promise<{ folder: string; node: string }>;
export function hasVsCodeServer(root: string): Promise<boolean>;
