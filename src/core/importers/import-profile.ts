import { withKernels } from '../kernels/kernel.ts';
import { endlessValue } from '../profile/endless-value.ts';
import type { Profile } from '../profile/profile.ts';
import { invalidities } from '../profile/validity.ts';
import {
  HEAD_BYTES,
  type Importer,
  type ImportWatch,
  MalformedInput,
  UNWATCHED,
  UnrecognisedInput,
} from './importer.ts';
import { IMPORTERS } from './index.ts';
import { withKnownFigures } from './known-figures.ts';
import { type ByteSource, readBytes } from './reading/byte-source.ts';
import { gunzipped, isGzip } from './reading/gunzipped.ts';
import { laterJsonHeads, mayHaveLaterHeads } from './reading/later-json-heads.ts';
import type { UnpackedFile } from './reading/unpacked-file.ts';
import { isZstd, unzstd } from './reading/unzstd.ts';

interface Packing {
  /** For messages. */
  readonly format: string;
  recognises(head: Uint8Array): boolean;
  unpack(packed: ByteSource, watch: ImportWatch): UnpackedFile;
}

/** What a file may be packed with. */
const PACKINGS: readonly Packing[] = [
  { format: 'gzip', recognises: isGzip, unpack: (packed, watch) => gunzipped(packed, watch) },
  { format: 'zstd', recognises: isZstd, unpack: (packed, watch) => unzstd(packed, watch) },
];

/** Programs for what else files are often packed with. */
const UNPACKERS: readonly { readonly format: string; readonly magic: readonly number[]; readonly command: string }[] = [
  { format: 'xz', magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], command: 'xz --decompress' },
  { format: 'bzip2', magic: [0x42, 0x5a, 0x68], command: 'bzip2 --decompress' },
  { format: 'zip', magic: [0x50, 0x4b, 0x03, 0x04], command: 'unzip' },
];

/** Reads a file of any known format, be it packed with gzip or zstd. Throws UnrecognisedInput or MalformedInput. */
export function importProfile(source: ByteSource, watch: ImportWatch = UNWATCHED): Profile {
  if (source.size === 0) {
    throw new UnrecognisedInput(
      `${source.name} is empty. The program that should have written it may have been stopped early.`,
    );
  }
  const importer = importerFor(source);
  const packing = importer ? undefined : packingOf(source);
  if (packing) return importPacked(source, packing, watch);
  if (!importer) {
    const unpacker = unpackerFor(source);
    if (unpacker !== undefined) {
      const { format, command } = unpacker;
      throw new UnrecognisedInput(
        `${source.name} is packed with ${format}, which is not read here: unpack it first, with ${command}.`,
      );
    }
    const formats = IMPORTERS.map(({ format }) => format).join(', ');
    throw new UnrecognisedInput(`${source.name} is not in a format that is read here. Known formats: ${formats}.`);
  }
  const profile = withKnownFigures(withKernels(() => readBounded(importer, source, watch)));
  const [finding] = invalidities(profile);
  if (finding) throw new MalformedInput(importer.format, `its tables don't agree: ${finding}`);
  const endless = endlessValue(profile);
  if (endless) {
    throw new MalformedInput(importer.format, `its amounts of ${endless.type} add up to more than fits into a number`);
  }
  return profile;
}

/** What is too large for a table, or for the machine, is the file's fault. */
function readBounded(importer: Importer, source: ByteSource, watch: ImportWatch): Profile {
  try {
    return importer.read(source, watch);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const why = `it holds more than there is room for in memory (${error.message})`;
    throw new MalformedInput(importer.format, `${why}: record for a shorter time, or less often`);
  }
}

function packingOf(source: ByteSource): Packing | undefined {
  const head = readBytes(source, 0, HEAD_BYTES);
  return PACKINGS.find(({ recognises }) => recognises(head));
}

function unpackerFor(source: ByteSource) {
  const head = readBytes(source, 0, HEAD_BYTES);
  return UNPACKERS.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
}

function importPacked(packed: ByteSource, { format, unpack }: Packing, watch: ImportWatch): Profile {
  const { source, problem } = unpack(packed, watch);
  if (packingOf(source)) throw new UnrecognisedInput(`${source.name} is packed twice: unpack it first.`);
  // Progress is told in bytes of the file.
  const share = packed.size / source.size;
  let profile: Profile;
  try {
    profile = importProfile(source, { progress: (bytesRead) => watch.progress(bytesRead * share) });
  } catch (error) {
    throw problem === '' ? error : ofBrokenPacking(error, format, problem);
  }
  if (problem === '') return profile;
  const warning = `The file is broken (${problem}): what could be unpacked is shown.`;
  return { ...profile, quality: { ...profile.quality, warnings: [...profile.quality.warnings, warning] } };
}

/** The error of reading what could be unpacked, with what is wrong before that. */
function ofBrokenPacking(error: unknown, format: string, problem: string): unknown {
  if (error instanceof UnrecognisedInput) return new UnrecognisedInput(`${error.message} It is broken (${problem}).`);
  if (!(error instanceof MalformedInput)) return error;
  return new MalformedInput(
    format,
    `it is broken (${problem}), and what could be unpacked can't be used: ${error.message}`,
  );
}

/** Whether a source that starts like this may be one that can be read, packed or not. */
export function mayBeReadable(start: ByteSource): boolean {
  return (
    importerFor(start) !== undefined ||
    packingOf(start) !== undefined ||
    mayHaveLaterHeads(readBytes(start, 0, HEAD_BYTES))
  );
}

/** The importer that recognises the source by its content, or else by its name and what its content may be; if any. */
export function importerFor(source: ByteSource): Importer | undefined {
  const head = readBytes(source, 0, HEAD_BYTES);
  const name = source.name.toLowerCase().replace(/\.(?:gz|zst)$/, '');
  const found =
    IMPORTERS.find((importer) => importer.recognises(head)) ??
    IMPORTERS.find(
      ({ extensions, isLikely }) => extensions.some((ending) => name.endsWith(ending)) && isLikely?.(head),
    );
  if (found) return found;
  for (const later of laterJsonHeads(source)) {
    const importer = IMPORTERS.find(({ recognises }) => recognises(later));
    if (importer) return importer;
  }
  return undefined;
}
