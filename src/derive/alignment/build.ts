/** Tries an alignment before it is chosen. */
import {absoluteNs} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import type {AlignmentAnswer, AlignmentQuestion, AsIsProposal} from './shape.ts';

/** Right clocks give more than 0.97 of whole chains; wrong ones give what chance gives, which is more the fewer goroutines there are. */
const WARN_BELOW = 0.9;

export const alignment = defineDerivation({
  id: 'alignment',
  answer(session, question: AlignmentQuestion): AlignmentAnswer | null {
    const source = session.source(question.source);
    if (!source) return null;
    const isOpen = session.axis.alignments.get(source.id)?.how === 'none' && !Number.isNaN(source.trace.startNs);
    const reference = session.axis.reference === null ? null : session.source(session.axis.reference);
    return {now: session.fit(source), asIs: isOpen && reference ? proposal(session, source, reference) : null, warnBelow: WARN_BELOW};
  },
});

function proposal(session: Session, source: SessionSource, reference: SessionSource): AsIsProposal {
  const [start, end] = range(source);
  const [referenceStart, referenceEnd] = range(reference);
  if (end < referenceStart || start > referenceEnd) return {refused: 'ranges-apart'};
  const fit = session.aligned(source.id, {how: 'as-is'}).fit(source);
  if (!fit || fit.sharedThreads === 0) return {refused: 'no-shared-thread'};
  return {refused: null, fit};
}

function range({trace}: SessionSource): [bigint, bigint] {
  return [absoluteNs(trace, Math.floor(trace.startNs)), absoluteNs(trace, Math.floor(trace.endNs))];
}
