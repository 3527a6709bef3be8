/** Fields of the address: a part of the state each, with a short key and what a change of it means for Back. */
import type {State} from '../store.ts';
import {AWAITED, type Codec, type Files} from './codec.ts';

/**
 * What a change means for the history. `step`: Back undoes it. `glide`: Back undoes it, and what a hand does in one go (a wheel that
 * turns, a key held down) is one step. `rest`: the address follows, Back knows nothing of it.
 */
export type Manner = 'step' | 'glide' | 'rest';

export interface Field {
  /** Of the state. */
  readonly name: keyof State;
  /** Of the address; never given to another field. */
  readonly key: string;
  readonly manner: Manner;
  /** null: it is as it is at first, or can't be held (`isLost`). */
  write(state: State, initial: State, files: Files): {readonly text: string | null; readonly isLost: boolean};
  /** undefined: not understood. */
  read(text: string, files: Files): Partial<State> | undefined | typeof AWAITED;
  /** As it is at first. */
  reset(initial: State): Partial<State>;
}

/** A field of the address that holds one of the state. What is as it was at first is left out. */
export function field<Name extends keyof State>(key: string, manner: Manner, name: Name, codec: Codec<State[Name]>): Field {
  // An object with one computed key is not seen as a part of the state.
  const part = (value: State[Name]) => ({[name]: value}) as unknown as Partial<State>;
  return {
    name,
    key,
    manner,
    write: (state, initial, files) => {
      if (state[name] === initial[name]) return {text: null, isLost: false};
      const text = codec.write(state[name], files);
      // Without a value for "nothing" a codec writes null for it, too: lost is only what says something.
      if (text === null) return {text, isLost: state[name] !== null};
      return {text: text === codec.write(initial[name], files) ? null : text, isLost: false};
    },
    read: (text, files) => {
      const value = codec.read(text, files);
      return value === undefined || value === AWAITED ? value : part(value);
    },
    reset: (initial) => part(initial[name]),
  };
}
