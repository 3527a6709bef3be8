/** The files of symbols of a session, and what the captures want of such -> lists. Cost: linear in samples and stacks, once a capture and the files that concern it. */
import {sampleCount, type Trace} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource, type SessionSymbols} from '../derivation.ts';
import type {BinariesAnswer, BinariesQuestion, CaptureBinaries, OpenBinary, Refusal} from './shape.ts';

const MOST_WANTED = 100;

export const binaries = defineDerivation({
  id: 'binaries',
  answer(session, _: BinariesQuestion): BinariesAnswer {
    return {
      open: session.symbols.map((file) => openBinary(session, file)),
      captures: session.sources.map((source) => wantedBy(session, source)).filter(({wanted}) => wanted.length > 0),
    };
  },
});

function openBinary(session: Session, {id, name, symbols}: SessionSymbols): OpenBinary {
  const {kind, buildId, machine, isDebugFile, functions, go} = symbols;
  const refusals: Refusal[] = [];
  let frames = 0;
  let captures = 0;
  for (const source of session.sources) {
    let namedHere = 0;
    for (const {dso, state, frames: before, framesLeft} of session.dsos(source)) {
      if (state.is === 'matched') namedHere += state.files.includes(name) ? before - framesLeft : 0;
      else if (state.is !== 'missing' && state.file === name) {
        refusals.push(state.is === 'refused' ? {is: 'refused', capture: source.name, dso, wanted: state.wanted, found: state.found} : {is: 'does-not-fit', capture: source.name, dso, fits: state.fits, of: state.of});
      }
    }
    frames += namedHere;
    if (namedHere > 0) captures++;
  }
  return {
    id, name, kind, buildId, machine, isDebugFile, functions: Math.max(functions.length, go?.functionCount ?? 0), isGo: go !== null, goVersion: go?.version ?? null,
    frames, captures, refusals,
  };
}

function wantedBy(session: Session, source: SessionSource): CaptureBinaries {
  const all = session.dsos(source);
  return {id: source.id, name: source.name, samples: samplesOf(source.trace), wanted: all.slice(0, MOST_WANTED), more: Math.max(0, all.length - MOST_WANTED)};
}

function samplesOf(trace: Trace): number {
  if (!trace.sampleCount) return trace.samples.length;
  let samples = 0;
  for (let row = 0; row < trace.samples.length; row++) samples += sampleCount(trace, row);
  return samples;
}
