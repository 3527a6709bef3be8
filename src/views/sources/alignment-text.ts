/** How a source came to its axis, in words; and whether the user may say otherwise. */
import type {SourceSummary, SummaryAnswer} from '../../derive/summary/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';

export function alignmentText({alignment}: SourceSummary, copy: Copy): string {
  const {alignments, notAligned, why, consequence} = copy.sources;
  switch (alignment.how) {
    case 'reference': return alignments.reference;
    case 'same-clock': return alignments.sameClock(alignment.clock);
    case 'by-hand': return alignments.byHand(String(alignment.offsetNs));
    case 'as-is': return alignments.asIs;
    case 'none': return `${notAligned}: ${why[alignment.why]} ${consequence}`;
  }
}

/** Where both files name the same clock there is nothing to say. */
export function canBeAligned({id, startNs, alignment}: SourceSummary, {reference}: SummaryAnswer): boolean {
  return reference !== null && id !== reference && startNs !== null && alignment.how !== 'same-clock';
}
