/** How rows are listed as a short text: each choice that is not as at first with its letter, `sgrowths;bcreator;fG842`. */
import {groupings, rowSections, rowSorts} from '../../derive/lanes/shape.ts';
import {lanesAtFirst, type Arrangement} from '../slices/lanes.ts';
import {flag, oneOf, text, whole, type Codec, type Files} from './codec.ts';

const NO_FILES: Files = {placeOf: () => -1, sourceAt: () => null};
/** The last `State`. */
const MOST_STATE = 5;

/** A set of sections, as the sum of their places' powers of two. */
const sections: Codec<Arrangement['sections']> = {
  write: (chosen) => rowSections.reduce((bits, section, place) => bits + (chosen.includes(section) ? 2 ** place : 0), 0).toString(36),
  read: (written) => {
    const bits = whole.read(written, NO_FILES);
    if (typeof bits !== 'number' || bits < 0 || bits >= 2 ** rowSections.length) return undefined;
    return rowSections.filter((_, place) => Math.floor(bits / 2 ** place) % 2 === 1);
  },
};

const state: Codec<number> = {
  write: whole.write,
  read: (written) => {
    const value = whole.read(written, NO_FILES);
    return typeof value === 'number' && value >= 0 && value <= MOST_STATE ? value : undefined;
  },
};

/** A reason, which is there. */
const reason: Codec<string | null> = {write: (value) => (value === null ? null : text.write(value, NO_FILES)), read: text.read};

const parts: {readonly [Name in keyof Arrangement]: {readonly letter: string; readonly codec: Codec<Arrangement[Name]>}} = {
  sections: {letter: 'l', codec: sections},
  groupBy: {letter: 'b', codec: oneOf(groupings)},
  sort: {letter: 's', codec: oneOf(rowSorts)},
  text: {letter: 'f', codec: text},
  state: {letter: 't', codec: state},
  reason: {letter: 'r', codec: reason},
  onlyGrowth: {letter: 'g', codec: flag},
};
const names = Object.keys(parts) as (keyof Arrangement)[];

export const arrangement: Codec<Arrangement> = {
  write: (value) =>
    names.flatMap((name) => {
      const one = writtenPart(name, value);
      return one === null || one === writtenPart(name, lanesAtFirst.arrangement) ? [] : [parts[name].letter + one.replaceAll('~', '~0').replaceAll(';', '~1')];
    }).join(';'),
  read: (written) => {
    let read = lanesAtFirst.arrangement;
    for (const part of written === '' ? [] : written.split(';')) {
      const name = names.find((known) => parts[known].letter === part[0]);
      const value = name && parts[name].codec.read(part.slice(1).replaceAll('~1', ';').replaceAll('~0', '~'), NO_FILES);
      if (name === undefined || value === undefined) return undefined;
      read = {...read, [name]: value};
    }
    return read;
  },
};

function writtenPart<Name extends keyof Arrangement>(name: Name, value: Arrangement): string | null {
  return parts[name].codec.write(value[name], NO_FILES);
}
