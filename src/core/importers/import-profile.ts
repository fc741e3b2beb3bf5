import { withKernels } from '../kernels/kernel.ts';
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
import { type ByteSource, readBytes } from './reading/byte-source.ts';
import { gunzipped, isGzip } from './reading/gunzipped.ts';
import type { UnpackedFile } from './reading/unpacked-file.ts';
import { isZstd, unzstd } from './reading/unzstd.ts';

interface Packing {
  recognises(head: Uint8Array): boolean;
  unpack(packed: ByteSource, watch: ImportWatch): UnpackedFile;
}

/** What a file may be packed with. */
const PACKINGS: readonly Packing[] = [
  { recognises: isGzip, unpack: (packed, watch) => gunzipped(packed, watch) },
  { recognises: isZstd, unpack: (packed, watch) => unzstd(packed, watch) },
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
    const formats = IMPORTERS.map(({ format }) => format).join(', ');
    throw new UnrecognisedInput(`${source.name} is not in a format that is read here. Known formats: ${formats}.`);
  }
  const profile = withKernels(() => importer.read(source, watch));
  const [finding] = invalidities(profile);
  if (finding) throw new MalformedInput(importer.format, `its tables don't agree: ${finding}`);
  return profile;
}

function packingOf(source: ByteSource): Packing | undefined {
  const head = readBytes(source, 0, HEAD_BYTES);
  return PACKINGS.find(({ recognises }) => recognises(head));
}

function importPacked(packed: ByteSource, { unpack }: Packing, watch: ImportWatch): Profile {
  const { source, problem } = unpack(packed, watch);
  if (packingOf(source)) throw new UnrecognisedInput(`${source.name} is packed twice: unpack it first.`);
  // Progress is told in bytes of the file.
  const share = packed.size / source.size;
  const profile = importProfile(source, { progress: (bytesRead) => watch.progress(bytesRead * share) });
  if (problem === '') return profile;
  const warning = `The file is broken (${problem}): what could be unpacked is shown.`;
  return { ...profile, quality: { ...profile.quality, warnings: [...profile.quality.warnings, warning] } };
}

/** The importer that recognises the source, if any. */
export function importerFor(source: ByteSource): Importer | undefined {
  const head = readBytes(source, 0, HEAD_BYTES);
  return IMPORTERS.find((importer) => importer.recognises(head));
}
