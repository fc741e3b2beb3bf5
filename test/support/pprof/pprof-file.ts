import { ProtobufWriter } from '../../../src/core/writers/protobuf-writer.ts';

/** A message of protocol buffers: its fields in order, a number, a text, packed numbers, or a message in a message. */
export type Fields = readonly (readonly [
  field: number,
  content: number | bigint | string | readonly number[] | Fields,
])[];

/** Bytes of a message. Zeros are left out, as writers do; an empty list of numbers is an empty message. */
export function message(fields: Fields): Uint8Array {
  const writer = new ProtobufWriter();
  write(writer, fields);
  return writer.finish();
}

function write(writer: ProtobufWriter, fields: Fields): void {
  for (const [field, content] of fields) {
    if (typeof content === 'number' || typeof content === 'bigint') writer.integer(field, content);
    else if (typeof content === 'string') writer.text(field, content);
    else if (content.length > 0 && typeof content[0] === 'number') writer.integers(field, content as readonly number[]);
    else writer.message(field, (inner) => write(inner, content as Fields));
  }
}

/** A profile of one kind of value; functions are numbered from 1, and location n is in function n. */
export function smallProfile(
  names: readonly string[],
  samples: readonly (readonly number[])[],
  more: Fields = [],
): Fields {
  return [
    [
      1,
      [
        [1, 1],
        [2, 2],
      ],
    ],
    ...samples.map((stack, at): Fields[number] => [
      2,
      [
        [1, stack],
        [2, [at + 1]],
      ],
    ]),
    ...names.map((_, at): Fields[number] => [
      4,
      [
        [1, at + 1],
        [
          4,
          [
            [1, at + 1],
            [2, 10 + at],
          ],
        ],
      ],
    ]),
    ...names.map((_, at): Fields[number] => [
      5,
      [
        [1, at + 1],
        [2, at + 3],
      ],
    ]),
    ...['', 'samples', 'count', ...names].map((text): Fields[number] => [6, text]),
    ...more,
  ];
}
