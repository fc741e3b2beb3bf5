import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { MalformedInput } from '../core/importers/importer.ts';
import { readBytes } from '../core/importers/reading/byte-source.ts';
import { buildIdOf, type ElfFile, readElf, sectionBytes, sectionNamed, textAt } from './elf.ts';
import { hasDebugInfo, hasSymbolTable } from './elf-symbols.ts';
import { openFileBytes } from './file-bytes.ts';

/** The files that tell about a module's addresses. */
export interface ModuleFiles {
  /** The program or library as it was mapped. */
  readonly image: ElfFile;
  /** Has the symbol table that counts: the image, or its debug file. */
  readonly symbols: ElfFile;
  /** Has DWARF debug information: the image, or its debug file; none where neither has. */
  readonly debug: ElfFile | undefined;
  close(): void;
}

/** Why a module has no files: there's none at its path; it is another than was recorded; it is not a sound ELF file. */
export type ModuleProblem = 'missing' | 'rebuilt' | 'unreadable';

export interface DebugPlaces {
  /** Where systems keep separate debug files: `/usr/lib/debug`. */
  readonly debugFolders: readonly string[];
  /** Where `perf record` keeps copies of what it saw: `~/.debug`. */
  readonly buildIdCache: string;
}

export const DEBUG_PLACES: DebugPlaces = {
  debugFolders: ['/usr/lib/debug'],
  buildIdCache: join(homedir(), '.debug'),
};

/**
 * Finds the file of a module by its recorded path, or in perf's cache by its build-id, and its separate debug file. A file whose
 * build-id differs from the recorded one is never used: its addresses would be named wrongly. Where none is recorded, the file at the
 * path is taken for the right one.
 */
export function findModuleFiles(path: string, buildId: string, places: DebugPlaces): ModuleFiles | ModuleProblem {
  const opened: ElfFile[] = [];
  const close = () => {
    for (const elf of opened) (elf.source as { close?: () => void }).close?.();
  };
  const open = (file: string) => {
    const elf = openElf(file);
    if (typeof elf === 'object') opened.push(elf);
    return elf;
  };
  let problem: ModuleProblem = 'missing';
  for (const candidate of imagePaths(path, buildId, places.buildIdCache)) {
    const image = open(candidate);
    if (image === undefined) continue;
    if (image === 'unreadable') {
      problem = image;
    } else if (buildId !== '' && !isSameBuildId(buildIdOf(image), buildId)) {
      problem = 'rebuilt';
    } else {
      const complete = hasSymbolTable(image) && hasDebugInfo(image);
      const separate = complete ? undefined : findDebugFile(image, path, places, open);
      return {
        image,
        symbols: !hasSymbolTable(image) && separate && hasSymbolTable(separate) ? separate : image,
        debug: [image, separate].find((elf) => elf && hasDebugInfo(elf)),
        close,
      };
    }
  }
  close();
  return problem;
}

/** Build-ids are equal, or one has the zeros behind it that old recordings pad with to 20 bytes. */
export function isSameBuildId(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short !== '' && long.startsWith(short) && /^0*$/.test(long.slice(short.length));
}

function openElf(path: string): ElfFile | 'unreadable' | undefined {
  const bytes = openFileBytes(path);
  if (!bytes) return undefined;
  try {
    return readElf(bytes);
  } catch (error) {
    bytes.close();
    if (error instanceof MalformedInput) return 'unreadable';
    throw error;
  }
}

function imagePaths(path: string, buildId: string, cache: string): string[] {
  const paths = [path];
  // The kernel adds this to the path of a file that was removed while it was mapped: a new one may be there, if its build-id tells.
  if (path.endsWith(' (deleted)') && buildId !== '') paths.push(path.slice(0, -' (deleted)'.length));
  const cached = buildIdPath(cache, buildId);
  if (cached) paths.push(join(cached, 'elf'), join(cached, 'vdso'), cached);
  return paths.filter((candidate) => candidate.startsWith('/'));
}

/** `FOLDER/.build-id/ab/cdef…`, the way debug files and perf's cache are found by build-id. */
function buildIdPath(folder: string, buildId: string): string | undefined {
  return buildId.length > 2 ? join(folder, '.build-id', buildId.slice(0, 2), buildId.slice(2)) : undefined;
}

/** Where a separate debug file may lie is documented by gdb: https://sourceware.org/gdb/current/onlinedocs/gdb.html/Separate-Debug-Files.html */
function findDebugFile(
  image: ElfFile,
  path: string,
  places: DebugPlaces,
  open: (path: string) => ElfFile | 'unreadable' | undefined,
): ElfFile | undefined {
  const buildId = buildIdOf(image);
  const link = debugLink(image);
  const paths: string[] = [];
  for (const folder of [...places.debugFolders, places.buildIdCache]) {
    const found = buildIdPath(folder, buildId);
    if (found) paths.push(`${found}.debug`, join(found, 'debug'));
  }
  for (const folder of link ? foldersOf(path) : []) {
    const { name } = link!;
    paths.push(join(folder, name), join(folder, '.debug', name));
    paths.push(...places.debugFolders.map((debug) => join(debug, folder, name)));
  }
  for (const candidate of paths) {
    const elf = open(candidate);
    if (typeof elf !== 'object' || !(hasDebugInfo(elf) || hasSymbolTable(elf))) continue;
    const itsBuildId = buildIdOf(elf);
    const isMeant =
      buildId !== '' && itsBuildId !== ''
        ? buildId === itsBuildId
        : link !== undefined && checksum(elf) === link.checksum;
    if (isMeant) return elf;
  }
  return undefined;
}

/** The module's folder, also as it is without symbolic links (`/lib` is `/usr/lib` on most systems). */
function foldersOf(path: string): string[] {
  try {
    return [...new Set([dirname(path), dirname(realpathSync(path))])];
  } catch {
    return [dirname(path)];
  }
}

/** What .gnu_debuglink says: a file name, and the CRC-32 of the whole file at the next multiple of four. */
function debugLink(elf: ElfFile): { name: string; checksum: number } | undefined {
  const section = sectionNamed(elf, '.gnu_debuglink');
  if (!section || section.size > 8192) return undefined;
  const bytes = sectionBytes(elf, section);
  const name = textAt(bytes, 0);
  const at = Math.ceil((Buffer.byteLength(name) + 1) / 4) * 4;
  if (name === '' || basename(name) !== name || name === '..' || at + 4 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { name, checksum: view.getUint32(at, elf.littleEndian) };
}

function checksum(elf: ElfFile): number {
  let sum = 0;
  for (let at = 0; at < elf.source.size; at += 1 << 20) sum = crc32(readBytes(elf.source, at, 1 << 20), sum);
  return sum;
}
