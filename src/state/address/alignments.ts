/** How sources were put on the axis by hand, as a short text: `1.i` as it is; `1.b.<nanoseconds>` shifted. */
import type {AlignmentChoice} from '../../derive/axis/shape.ts';
import {AWAITED, bigWhole, source, type Codec} from './codec.ts';

export const alignments: Codec<Readonly<Record<number, AlignmentChoice>>> = {
  write: (choices, files) =>
    Object.entries(choices).flatMap(([id, choice]) => {
      const place = source.write(Number(id), files);
      return place === null ? [] : [choice.how === 'as-is' ? `${place}.i` : `${place}.b.${choice.offsetNs.toString(36)}`];
    }).join(';'),
  read: (written, files) => {
    const choices: Record<number, AlignmentChoice> = {};
    for (const part of written === '' ? [] : written.split(';')) {
      const [place, how, offset, ...rest] = part.split('.');
      const id = source.read(place, files);
      if (id === AWAITED) return AWAITED;
      const offsetNs = how === 'b' ? bigWhole(offset ?? '') : undefined;
      if (id === undefined || rest.length > 0 || !(offsetNs !== undefined || (how === 'i' && offset === undefined))) return undefined;
      choices[id] = offsetNs === undefined ? {how: 'as-is'} : {how: 'by-hand', offsetNs};
    }
    return choices;
  },
};
