/**
 * The one fact that all else hangs on: how the clocks of the open files relate. It opens a card that says how that is known, how well it
 * fits, and lets the user say otherwise. Nothing where there is only one file with times.
 */
import {useRef, useState} from 'react';
import type {SourceSummary, SummaryAnswer} from '../../derive/summary/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useAway} from '../ui/use-away.ts';
import {AlignmentForm, FitText} from './alignment-form.tsx';
import {alignmentText, canBeAligned} from './alignment-text.ts';
import './clock-chip.css';

/** The less is known of a clock, the more it is to be told of. */
const CONCERN = {'none': 3, 'by-hand': 2, 'as-is': 1, 'same-clock': 0, 'reference': -1} as const;

export function ClockChip() {
  const summary = useScope()?.summary ?? null;
  const told = summary && sourceToTellOf(summary);
  return summary && told ? <Chip key={told.id} source={told} summary={summary} /> : null;
}

/** Of the files beside the one whose clock is the axis, the one that concerns most; null: there is none. */
function sourceToTellOf({sources, groups}: SummaryAnswer): SourceSummary | null {
  const timed = sources.filter(({startNs}) => startNs !== null);
  const main = groups[0]?.reference;
  return timed.filter(({id}) => id !== main).toSorted((a, b) => CONCERN[b.alignment.how] - CONCERN[a.alignment.how])[0] ?? null;
}

function Chip({source, summary}: {readonly source: SourceSummary; readonly summary: SummaryAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const [isOpen, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const {answer} = useAnswer('alignment', {source: source.id});
  useAway(isOpen, whole, () => setOpen(false));
  const fit = answer?.now && answer.now.compared > 0 ? answer.now.matching / answer.now.compared : null;
  const isDoubtful = source.alignment.how === 'none' || (fit !== null && fit < (answer?.warnBelow ?? 0));
  return (
    <div
      ref={whole} className="clock"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button ref={button} type="button" className={`button clock-button${isDoubtful ? ' clock-doubtful' : ''}`} aria-haspopup="dialog" aria-expanded={isOpen} title={copy.sources.clocksRelate} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden="true">{isDoubtful ? '⚠' : '⧓'}</span> {relation()}
      </button>
      {isOpen ? (
        <div className="clock-card" role="dialog" aria-label={copy.sources.clocksRelate}>
          <h2>{source.name}</h2>
          <p>{alignmentText(source, copy)}</p>
          {answer?.now ? <FitText fit={answer.now} warnBelow={answer.warnBelow} /> : null}
          {canBeAligned(source, summary) ? <AlignmentForm source={source} answer={answer} /> : null}
        </div>
      ) : null}
    </div>
  );

  function relation(): string {
    const {alignment} = source;
    const text = copy.sources.relations;
    switch (alignment.how) {
      case 'same-clock': return fit !== null && isDoubtful ? text.sameClockFit(figures.share(fit)) : text.sameClock;
      case 'by-hand': return text.byHand(`${alignment.offsetNs < 0n ? '−' : '+'}${figures.duration(Math.abs(Number(alignment.offsetNs)))}`);
      case 'as-is': return text.asIs;
      case 'none': return alignment.why === 'apart' ? text.apart : copy.sources.notAligned;
      case 'reference': return text.ownAxis;
    }
  }
}
