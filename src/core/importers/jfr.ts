import { type Importer, type ImportWatch, MalformedInput } from './importer.ts';
import { chunkHeader, hasJfrMagic, JFR } from './jfr/chunk-header.ts';
import { readChunk } from './jfr/chunk-reader.ts';
import { readLegacyChunk } from './jfr/legacy-chunk.ts';
import { profileOfRecording } from './jfr/profile-of-recording.ts';
import { Recording } from './jfr/recording.ts';
import { type ByteSource, readBytes } from './reading/byte-source.ts';

/**
 * Recordings of JDK Flight Recorder, by a JDK or by async-profiler. There's no specification but for the code of the JDK: `jfrChunkWriter.cpp`
 * and `jdk.jfr.internal.consumer` (https://github.com/openjdk/jdk), and Mission Control's parser (https://github.com/openjdk/jmc). Chunks
 * are read one after another through a window. Memory is that of the resulting tables, of one chunk's constants (up to 40 times their size
 * in the file) and of the longest event.
 */
export const jfr: Importer = {
  format: JFR,
  extensions: ['.jfr'],
  recognises: (head) => hasJfrMagic(head),
  read: (source, watch) => profileOfRecording(readRecording(source, watch)),
};

/** Reads all chunks. Throws MalformedInput where there's none that can be read. */
export function readRecording(source: ByteSource, watch: ImportWatch): Recording {
  const recording = new Recording();
  const window = new Uint8Array(Math.min(WINDOW_BYTES, source.size));
  let isRead = false;
  for (let at = 0; at < source.size; ) {
    watch.progress(at);
    if (isLegacy(source, at)) {
      at = readLegacyChunk(source, at, window, recording, watch);
    } else {
      const header = headerAt(source, at, recording, isRead);
      if (!header) break;
      at = readChunk(source, header, window, recording, watch);
    }
    isRead = true;
  }
  if (recording.eventCounts.size === 0)
    throw new MalformedInput(JFR, recording.warnings.join(' ') || 'it holds no events', 0);
  return recording;
}

/** Whether a chunk of version 0 starts here. */
function isLegacy(source: ByteSource, at: number): boolean {
  const head = readBytes(source, at, 6);
  return hasJfrMagic(head) && head[4] === 0 && head[5] === 0;
}

/** A chunk's header. What follows sound chunks and is none is told and left. */
function headerAt(source: ByteSource, at: number, recording: Recording, isRead: boolean) {
  try {
    return chunkHeader(source, at);
  } catch (error) {
    if (!isRead || !(error instanceof MalformedInput)) throw error;
    recording.warnings.push(`What comes after byte ${at} is left out: ${error.message}.`);
    return undefined;
  }
}

const WINDOW_BYTES = 1 << 22;
