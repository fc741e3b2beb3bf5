export function speedscopeFiles(): ReadonlyMap<string, Uint8Array>;
