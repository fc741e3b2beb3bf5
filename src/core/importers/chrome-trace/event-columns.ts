import { Float64Column, Int32Column } from '../../profile/column.ts';

export const BEGIN = 0;
export const END = 1;
export const COMPLETE = 2;

/** The events of a trace that have to do with durations, in the order of the file. */
export interface EventColumns {
  /** BEGIN, END or COMPLETE. */
  readonly phase: Int32Column;
  /** Position in the trace's threads. */
  readonly thread: Int32Column;
  /** Microseconds. */
  readonly at: Float64Column;
  /** Microseconds; 0 where there's none. */
  readonly duration: Float64Column;
  /** Position in the trace's places: what is shown as a frame. */
  readonly place: Int32Column;
  /** Number of the name's text: an end belongs to a begin of its name. */
  readonly name: Int32Column;
}

export function newEventColumns(): EventColumns {
  return {
    phase: new Int32Column(1024),
    thread: new Int32Column(1024),
    at: new Float64Column(1024),
    duration: new Float64Column(1024),
    place: new Int32Column(1024),
    name: new Int32Column(1024),
  };
}
