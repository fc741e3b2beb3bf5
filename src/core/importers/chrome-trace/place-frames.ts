import type { ProfileBuilder } from '../../profile/builder.ts';
import type { Int32Column } from '../../profile/column.ts';
import type { FrameIndex } from '../../profile/profile.ts';
import type { JsonStream } from '../reading/json-stream.ts';
import { kindOfFile } from '../reading/kind-of-file.ts';
import { pathOfUrl } from '../reading/path-of-url.ts';

/** Columns by place: numbers of texts, and lines. */
export interface Places {
  readonly name: Int32Column;
  readonly file: Int32Column;
  readonly line: Int32Column;
  readonly column: Int32Column;
  readonly startLine: Int32Column;
}

/** The frames of a trace's places, each made when it is first shown. */
export class PlaceFrames {
  readonly #builder: ProfileBuilder;
  readonly #json: JsonStream;
  readonly #places: Places;
  readonly #frames: Int32Array;

  constructor(builder: ProfileBuilder, json: JsonStream, places: Places) {
    this.#builder = builder;
    this.#json = json;
    this.#places = places;
    this.#frames = new Int32Array(places.name.length).fill(UNKNOWN);
  }

  of(place: number): FrameIndex {
    if (this.#frames[place] === UNKNOWN) this.#frames[place] = this.#frame(place);
    return this.#frames[place];
  }

  #frame(place: number): FrameIndex {
    const { name, file, line, column, startLine } = this.#places;
    const path = pathOfUrl(this.#json.textAt(file.at(place)));
    const own = this.#builder.function({
      name: this.#json.textAt(name.at(place)) || '(unnamed)',
      file: path,
      startLine: startLine.at(place),
    });
    return this.#builder.frame({
      function: own,
      line: line.at(place),
      column: column.at(place),
      kind: kindOfFile(path),
    });
  }
}

const UNKNOWN = -2;
