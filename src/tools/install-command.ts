import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import type { Tool, ToolPackages } from './tool.ts';

/** The command line that installs a tool on this distribution; on one we don't know, what its package may be called. */
export function installCommand(tool: Tool, osRelease: string = readOsRelease(), kernel: string = release()): string {
  if (typeof tool.packages === 'string') return tool.packages;
  const names = distributions(osRelease);
  const family = (Object.keys(INSTALL) as (keyof ToolPackages)[]).find((name) => names.includes(name));
  if (family === undefined)
    return `Install ${tool.executables[0]} (in Debian it is in the package ${tool.packages.debian}).`;
  return `${INSTALL[family]} ${tool.packages[family].replaceAll('KERNEL', kernel)}`;
}

/** Ubuntu before Debian, which it is like. */
const INSTALL: Readonly<Record<keyof ToolPackages, string>> = {
  ubuntu: 'sudo apt install',
  debian: 'sudo apt install',
  fedora: 'sudo dnf install',
  arch: 'sudo pacman -S',
};

/** ID and ID_LIKE of os-release(5), in words. */
function distributions(osRelease: string): string[] {
  const words: string[] = [];
  for (const line of osRelease.split('\n')) {
    const value = /^(?:ID|ID_LIKE)=(.*)$/.exec(line)?.[1];
    if (value !== undefined) words.push(...value.replaceAll(/["']/g, '').split(' '));
  }
  return words;
}

function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
