import { FUNCTION, LINE, LOCATION, MAPPING, PROFILE } from '../../importers/pprof/fields.ts';
import { NONE, type Profile } from '../../profile/profile.ts';
import { fileFunctions } from '../file-functions.ts';
import type { ProtobufWriter } from '../protobuf-writer.ts';
import type { Locations } from './locations.ts';
import { mappings } from './mappings.ts';
import type { StringTable } from './string-table.ts';

/** Writes the mappings, the locations that are in use, and their functions. */
export function writeCode(
  out: ProtobufWriter,
  strings: StringTable,
  profile: Profile,
  locations: Locations,
  isUsed: Uint8Array,
): void {
  const { frames, functions } = profile;
  const mappingOf = writeMappings(out, strings, profile);
  const { ofFrame, list } = fileFunctions(profile);
  const isUsedFunction = new Uint8Array(list.length);
  for (let location = 0; location < locations.length; location++) {
    if (isUsed[location] === 0) continue;
    const ofLocation = locations.framesOf(location);
    const physical = ofLocation[ofLocation.length - 1];
    out.message(PROFILE.location, (message) => {
      message.integer(LOCATION.id, location + 1);
      message.integer(LOCATION.mapping, frames.module[physical] === NONE ? 0 : mappingOf[frames.module[physical]]);
      message.integer(LOCATION.address, frames.address[physical]);
      for (const frame of ofLocation) {
        if (ofFrame[frame] === NONE) continue;
        isUsedFunction[ofFrame[frame]] = 1;
        message.message(LOCATION.line, (line) => {
          line.integer(LINE.function, ofFrame[frame] + 1);
          line.integer(LINE.line, frames.line[frame]);
          line.integer(LINE.column, frames.column[frame]);
        });
      }
    });
  }
  const text = (index: number) => strings.index(profile.strings[index]);
  for (const [index, { function: func, file }] of list.entries()) {
    if (isUsedFunction[index] === 0) continue;
    out.message(PROFILE.function, (message) => {
      message.integer(FUNCTION.id, index + 1);
      message.integer(FUNCTION.name, text(functions.name[func]));
      // pprof demangles a function whose two names are the same, and then cuts template arguments off a name that is
      // demangled already.
      const isMangled = functions.systemName[func] !== functions.name[func];
      if (isMangled) message.integer(FUNCTION.systemName, text(functions.systemName[func]));
      message.integer(FUNCTION.file, text(file));
      message.integer(FUNCTION.startLine, file === functions.file[func] ? functions.startLine[func] : 0);
    });
  }
}

/** Gives the number of each module's mapping; 0 for a module without one. */
function writeMappings(out: ProtobufWriter, strings: StringTable, profile: Profile): Int32Array {
  const { modules } = profile;
  const mappingOf = new Int32Array(modules.length);
  for (const [index, { module, start, limit }] of mappings(profile).entries()) {
    mappingOf[module] = index + 1;
    out.message(PROFILE.mapping, (message) => {
      message.integer(MAPPING.id, index + 1);
      message.integer(MAPPING.start, start);
      message.integer(MAPPING.limit, limit);
      // Where code is stored at its own address, as GNU ld lays it out in what can be loaded anywhere.
      message.integer(MAPPING.offset, start);
      message.integer(MAPPING.file, strings.index(profile.strings[modules.path[module]]));
      message.integer(MAPPING.buildId, strings.index(profile.strings[modules.buildId[module]]));
      // All that is known is here: pprof needn't look for names in files of this machine.
      message.boolean(MAPPING.hasFunctions, true);
      message.boolean(MAPPING.hasFilenames, true);
      message.boolean(MAPPING.hasLineNumbers, true);
      message.boolean(MAPPING.hasInlineFrames, true);
    });
  }
  return mappingOf;
}
