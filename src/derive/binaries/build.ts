/** The files of symbols of a session, and what the captures want of such -> lists. Cost: linear in samples and stacks, once a capture and the files that concern it. */
import {sampleCount, type Trace} from '../../model/trace.ts';
import {refusal} from '../../symbols/resolve/refusal.ts';
import {defineDerivation, type Session, type SessionSource, type SessionSymbols} from '../derivation.ts';
import type {BinariesAnswer, BinariesQuestion, CaptureBinaries, OpenBinary, RefusedBy} from './shape.ts';

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

function openBinary(session: Session, file: SessionSymbols): OpenBinary {
  const {id, name, symbols} = file;
  const {kind, buildId, machine, isDebugFile, functions, go} = symbols;
  const refusals: RefusedBy[] = [];
  let frames = 0;
  let captures = 0;
  for (const source of session.sources) {
    let namedHere = source.callers?.named.get(name) ?? 0;
    for (const account of session.dsos(source)) {
      const {dso, state, frames: before, framesLeft} = account;
      if (state.is === 'matched' && state.files.includes(name)) namedHere += before - framesLeft;
      const refused = refusal(account, file);
      if (refused) refusals.push({...refused, capture: source.name, dso});
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
