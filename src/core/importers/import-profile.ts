import type { Profile } from '../profile/profile.ts';
import { invalidities } from '../profile/validity.ts';
import { HEAD_BYTES, type Importer, type ImportWatch, MalformedInput, UnrecognisedInput } from './importer.ts';
import { IMPORTERS } from './index.ts';
import { type ByteSource, readBytes } from './reading/byte-source.ts';
import { gunzipped, isGzip } from './reading/gunzipped.ts';

const UNWATCHED: ImportWatch = { progress() {} };

/** Reads a file of any known format, be it packed with gzip. Throws UnrecognisedInput or MalformedInput. */
export function importProfile(source: ByteSource, watch: ImportWatch = UNWATCHED): Profile {
  if (source.size === 0) {
    throw new UnrecognisedInput(
      `${source.name} is empty. The program that should have written it may have been stopped early.`,
    );
  }
  const importer = importerFor(source);
  if (!importer && isGzip(readBytes(source, 0, HEAD_BYTES))) return importPacked(source, watch);
  if (!importer) {
    const formats = IMPORTERS.map(({ format }) => format).join(', ');
    throw new UnrecognisedInput(`${source.name} is not in a format that is read here. Known formats: ${formats}.`);
  }
  const profile = importer.read(source, watch);
  const [finding] = invalidities(profile);
  if (finding) throw new MalformedInput(importer.format, `its tables don't agree: ${finding}`);
  return profile;
}

function importPacked(packed: ByteSource, watch: ImportWatch): Profile {
  const { source, problem } = gunzipped(packed);
  if (isGzip(readBytes(source, 0, HEAD_BYTES)))
    throw new UnrecognisedInput(`${source.name} is packed twice: unpack it first.`);
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
