/** How values stand in the address: short texts, read back without trust. A text that is not understood gives `undefined`, never a throw. */
import type {KeptRange} from '../slices/selection.ts';

/** Files of a view by their place in the address: sources have another number each time they are opened. */
export interface Files {
  /** Place of an open source; -1: it has none. */
  placeOf(source: number): number;
  /** The open source at a place; null: it is not open. */
  sourceAt(place: number): number | null;
}

/** What `read` gives where the text names a file that is not open yet. */
export const AWAITED = Symbol('awaited');

/** One kind of value. `write` gives null for a value that can't be held. */
export interface Codec<T> {
  write(value: T, files: Files): string | null;
  read(text: string, files: Files): T | undefined | typeof AWAITED;
}

/** Longer texts are not held. */
const TEXT_CHARS = 300;

/** Any text of some length. */
export const text: Codec<string> = {
  write: (value) => (value.length <= TEXT_CHARS ? value : null),
  read: (written) => (written.length <= TEXT_CHARS ? written : undefined),
};

export const flag: Codec<boolean> = {
  write: (value) => (value ? '1' : '0'),
  read: (written) => (written === '1' ? true : written === '0' ? false : undefined),
};

/** One of a list. */
export function oneOf<const T extends string>(values: readonly T[]): Codec<T> {
  return {write: (value) => value, read: (written) => values.find((value) => value === written)};
}

/** A whole number, negative ones too. */
export const whole: Codec<number> = {
  write: (value) => (Number.isSafeInteger(value) ? value.toString(36) : null),
  read: (written) => {
    if (!/^-?[0-9a-z]{1,11}$/.test(written)) return undefined;
    const value = parseInt(written, 36);
    // −0 is written as 0.
    return Number.isSafeInteger(value) ? value + 0 : undefined;
  },
};

/** A part of the axis: `<zero>.<from>.<length>`, whole nanoseconds that hold all of it. */
export const range: Codec<KeptRange> = {
  write: ({fromNs, toNs, originNs}) => {
    const from = Math.floor(fromNs);
    const parts = [whole.write(from, NO_FILES), whole.write(Math.ceil(toNs) - from, NO_FILES)];
    return parts.includes(null) ? null : [originNs.toString(36), ...parts].join('.');
  },
  read: (written) => {
    const parts = written.split('.');
    if (parts.length !== 3) return undefined;
    const originNs = bigWhole(parts[0]);
    const fromNs = whole.read(parts[1], NO_FILES);
    const lengthNs = whole.read(parts[2], NO_FILES);
    if (originNs === undefined || typeof fromNs !== 'number' || typeof lengthNs !== 'number' || lengthNs <= 0 || !Number.isSafeInteger(fromNs + lengthNs)) return undefined;
    return {originNs, fromNs, toNs: fromNs + lengthNs};
  },
};

/** A source. */
export const source: Codec<number> = {
  write: (id, files) => (files.placeOf(id) < 0 ? null : files.placeOf(id).toString(36)),
  read: (written, files) => {
    const place = whole.read(written, files);
    return typeof place === 'number' && place >= 0 ? (files.sourceAt(place) ?? AWAITED) : undefined;
  },
};

/** A row of something in a source: `<source>.<row>`. */
export function rowOfSource<const Name extends string>(name: Name): Codec<{readonly source: number} & {readonly [key in Name]: number}> {
  type Row = {readonly source: number} & {readonly [key in Name]: number};
  return {
    write: (value, files) => {
      const parts = [source.write(value.source, files), whole.write(value[name], files)];
      return parts.includes(null) ? null : parts.join('.');
    },
    read: (written, files) => {
      const [first, second, ...rest] = written.split('.');
      const id = source.read(first, files);
      const row = whole.read(second ?? '', files);
      if (rest.length > 0 || typeof row !== 'number' || row < 0) return undefined;
      if (typeof id !== 'number') return id;
      // One computed key is not seen as the key of the type.
      return {source: id, [name]: row} as Row;
    },
  };
}

/** A value or nothing; nothing is what is left out. */
export function orNull<T>(codec: Codec<T>): Codec<T | null> {
  return {write: (value, files) => (value === null ? null : codec.write(value, files)), read: codec.read};
}

const NO_FILES: Files = {placeOf: () => -1, sourceAt: () => null};

/** A whole number of any size; undefined: it is none. */
export function bigWhole(written: string): bigint | undefined {
  if (!/^-?[0-9a-z]{1,16}$/.test(written)) return undefined;
  const digits = written.replace('-', '');
  let value = 0n;
  for (const digit of digits) value = value * 36n + BigInt(parseInt(digit, 36));
  return written.startsWith('-') ? -value : value;
}
