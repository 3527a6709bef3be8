/** Files of symbols and object files in words. */
import {useMemo} from 'react';
import type {OpenBinary, RefusedBy, WantedBinary} from '../derive/binaries/shape.ts';
import {useCopy, useFigures} from './use-store.ts';

/** Digits of a build id that tell it from others at a glance. */
const SHORT_ID = 8;

export interface BinaryText {
  kind(binary: OpenBinary): string;
  /** The same in a word. */
  kindWord(binary: OpenBinary): string;
  /** The first digits of a build id. */
  shortId(id: string): string;
  /** What became of it here: what it names, or why it is not used. */
  use(binary: OpenBinary): string;
  /** The whole sentence of why it is not used. */
  refusal(refusal: RefusedBy): string;
  /** An object file by its own name; what stands for it where none is recorded. */
  objectFile(dso: string): string;
  state(wanted: WantedBinary): string;
}

export function useBinaryText(): BinaryText {
  const {symbols: text} = useCopy();
  const figures = useFigures();
  return useMemo((): BinaryText => {
    const objectFile = (dso: string) => (dso === '' ? text.noFile : dso.startsWith('[') ? dso : (dso.split('/').at(-1) ?? dso));
    return {
      kind: ({kind, isDebugFile}) => text.kinds[isDebugFile ? 'debug' : kind],
      kindWord: ({kind, isDebugFile}) => text.kindWords[isDebugFile ? 'debug' : kind],
      shortId: (id) => id.slice(0, SHORT_ID),
      use: ({frames, captures, refusals: [refusal]}) => (frames > 0 ? text.names(figures.count(frames), figures.count(captures)) : refusal ? text.notUsed[refusal.is] : text.namesNothing),
      refusal: (of) => {
        if (of.is === 'does-not-fit') return text.doesNotFit(of.capture, of.dso, figures.count(of.fits), figures.count(of.of));
        return of.found === null ? text.refusedWithout(of.capture, of.dso, of.wanted) : text.refused(of.capture, of.dso, of.wanted, of.found);
      },
      objectFile,
      state: ({wanted, state, frames, framesLeft}) => {
        switch (state.is) {
          case 'missing': return wanted === 'nothing' ? text.states.notAFile : text.states.missing;
          case 'matched': return text.states.matched(figures.count(frames - framesLeft), figures.count(frames), state.files.join(', '));
          case 'refused': return state.found === null ? text.states.refusedWithout(state.file) : text.states.refused(state.file, state.found.slice(0, SHORT_ID));
          case 'does-not-fit': return text.states.doesNotFit(state.file);
        }
      },
    };
  }, [text, figures]);
}
