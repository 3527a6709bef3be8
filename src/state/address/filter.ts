/** A filter as a short text: each thing that narrows with its letter, `p1f4;smain.worker`. */
import {noFilter, type Filter} from '../../derive/filter/shape.ts';
import {AWAITED, rowOfSource, text, whole, type Codec, type Files} from './codec.ts';

const goroutine = rowOfSource('goroutine');

/** Letter, and codec, of each field. */
const parts: {readonly [Name in keyof Filter]: {readonly letter: string; readonly codec: Codec<NonNullable<Filter[Name]>>}} = {
  process: {letter: 'p', codec: whole},
  thread: {letter: 't', codec: whole},
  comm: {letter: 'c', codec: text},
  startFunction: {letter: 's', codec: text},
  cause: {letter: 'u', codec: text},
  goroutine: {letter: 'g', codec: goroutine},
};

export const filter: Codec<Filter> = {
  write: (value, files) => {
    const written = (Object.keys(parts) as (keyof Filter)[]).flatMap((name) => {
      const one = writtenPart(name, value, files);
      return one === null ? [] : [parts[name].letter + one.replaceAll('~', '~0').replaceAll(';', '~1')];
    });
    return written.join(';');
  },
  read: (written, files) => {
    let read: Filter = noFilter;
    for (const part of written === '' ? [] : written.split(';')) {
      const name = (Object.keys(parts) as (keyof Filter)[]).find((known) => parts[known].letter === part[0]);
      if (name === undefined) return undefined;
      const value = parts[name].codec.read(part.slice(1).replaceAll('~1', ';').replaceAll('~0', '~'), files);
      if (value === undefined || value === AWAITED) return value;
      read = {...read, [name]: value};
    }
    return read;
  },
};

function writtenPart<Name extends keyof Filter>(name: Name, value: Filter, files: Files): string | null {
  const one = value[name];
  return one === null ? null : parts[name].codec.write(one, files);
}
