import type { EventAttribute } from './event-attribute.ts';
import { SAMPLE } from './record-types.ts';

/**
 * Where the fields of an event's samples are, in bytes from the start of the record; NONE for a field that isn't recorded. What comes
 * after the fixed fields starts at `fixedEnd`.
 */
export interface SampleLayout {
  readonly ip: number;
  readonly tid: number;
  readonly time: number;
  readonly id: number;
  readonly period: number;
  readonly fixedEnd: number;
}

/** Where the identifying fields of other records are, in bytes from the record's end; NONE for one that isn't recorded. */
export interface TrailerLayout {
  /** Process, then thread, of four bytes each. */
  readonly tid: number;
  readonly time: number;
  readonly id: number;
}

/** No such field. Zero can't be a place: a record starts with its header. */
export const NO_FIELD = 0;

const HEADER_BYTES = 8;

/** Order of the fixed fields: `perf_output_sample` in the kernel. Each takes eight bytes. */
export function sampleLayout({ sampleType }: EventAttribute): SampleLayout {
  let at = HEADER_BYTES;
  const place = (bit: number) => {
    if ((sampleType & bit) === 0) return NO_FIELD;
    at += 8;
    return at - 8;
  };
  const identifier = place(SAMPLE.IDENTIFIER);
  const ip = place(SAMPLE.IP);
  const tid = place(SAMPLE.TID);
  const time = place(SAMPLE.TIME);
  place(SAMPLE.ADDR);
  const id = place(SAMPLE.ID);
  place(SAMPLE.STREAM_ID);
  place(SAMPLE.CPU);
  const period = place(SAMPLE.PERIOD);
  return { ip, tid, time, id: identifier || id, period, fixedEnd: at };
}

/** Order of the trailing fields: `perf_event__output_id_sample` in the kernel. */
export function trailerLayout({ sampleType, sampleIdAll }: EventAttribute): TrailerLayout {
  if (!sampleIdAll) return { tid: NO_FIELD, time: NO_FIELD, id: NO_FIELD };
  let at = 0;
  const place = (bit: number) => {
    if ((sampleType & bit) === 0) return NO_FIELD;
    at += 8;
    return at;
  };
  const identifier = place(SAMPLE.IDENTIFIER);
  place(SAMPLE.CPU);
  place(SAMPLE.STREAM_ID);
  const id = place(SAMPLE.ID);
  const time = place(SAMPLE.TIME);
  const tid = place(SAMPLE.TID);
  return { tid, time, id: identifier || id };
}
