/** The answer in one sentence, each figure a way to the view that shows it; or why it cannot be known and what would tell. */
import type {ReactNode} from 'react';
import {shortName} from '../../base/short-name.ts';
import {isKnown, type GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {isNarrowed} from '../../derive/filter/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {growthOfScope, useGrowthScope} from '../../state/use-growth.ts';
import {useScope, type Scope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Phrase} from '../ui/phrase.tsx';
import {FaultBadge} from './fault-badge.tsx';
import {Missing} from './missing.tsx';
import {PatternPill} from './pattern-pill.tsx';
import {Unnamed} from './unnamed.tsx';
import {missingOf} from './what-is-missing.ts';
import {useWays} from './use-ways.ts';
import './view.css';

export function HeadlineView() {
  const copy = useCopy();
  const scope = useScope();
  const sources = useStore((state) => state.sources);
  const base = useGrowthScope(scope);
  const {answer, isStale} = useAnswer('growthTable', growthOfScope(base));
  const isReading = sources.some(({phase}) => phase === 'reading');
  // What was read may be on its way here.
  const hasCapture = useStore(({summary}) => summary !== null && summary.sources.length > 0);
  const isOpen = sources.some(({phase}) => phase === 'open');
  const text = copy.headline;
  return (
    <section className="headline" aria-label={text.label}>
      <div className={`headline-text${isStale ? ' stale' : ''}`}>
        {scope && answer ? <Sentence scope={scope} answer={answer} /> : <p>{isReading ? text.reading : scope || hasCapture ? text.computing : isOpen ? copy.symbols.onlyBinaries : text.unreadable}</p>}
      </div>
      <PatternPill />
      <FaultBadge />
    </section>
  );
}

function Sentence({scope, answer}: {readonly scope: Scope; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const text = copy.headline;
  const missing = missingOf(scope, answer);
  const share = <Share scope={scope} answer={answer} />;
  const growths = <Growths answer={answer} />;
  const hasShare = answer.weight > 0 && !missing.includes('chains') && !missing.includes('names');
  const hasGrowths = answer.countedBy !== null && isKnown(answer.total, 'growths', answer.isTold);
  return (
    <>
      <p>
        {hasShare && hasGrowths ? <Phrase text={answer.total.growthWeight > 0 ? text.both : text.apart} parts={{share, growths}} /> : hasShare || hasGrowths ? <Phrase text={text.one} parts={{fact: hasShare ? share : growths}} /> : null}
        {' '}<Largest answer={answer} />
      </p>
      <div className="headline-asides">
        <Asides scope={scope} answer={answer} />
        <Unnamed scope={scope} />
        {missing.length > 0 ? <Missing scope={scope} missing={missing} /> : null}
      </div>
    </>
  );
}

function Share({scope, answer}: {readonly scope: Scope; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {showGrowthAlone} = useWays();
  const text = copy.headline;
  const {growthWeight} = answer.total;
  if (!(growthWeight > 0)) return text.noGrowthSamples(figures.count(answer.samples));
  const sentence = scope.weight !== 'period' ? text.shares.samples : scope.eventSummary?.unit === 'cpu-ns' ? text.shares.cpu : text.shares.event(scope.eventSummary?.name ?? '');
  return <Phrase text={sentence} parts={{share: <Way look="share" title={text.links.share} onGo={showGrowthAlone}>{figures.share(growthWeight / answer.weight)}</Way>}} />;
}

function Growths({answer}: {readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {showTable, showStart} = useWays();
  const text = copy.headline;
  const {total, growingGoroutines, rows: [top]} = answer;
  if (total.growths === 0) return text.noGrowths;
  const name = top?.name ?? null;
  const isAll = name !== null && top.growths === total.growths;
  const sentence = Number.isNaN(growingGoroutines) ? text.grownSomewhere : name === null ? text.grown : isAll ? text.grownByAll : text.grownBy;
  return (
    <Phrase
      text={sentence}
      parts={{
        growths: <Way title={text.links.growths} onGo={() => showTable('startFunction')}>{text.growths(figures.count(total.growths))}</Way>,
        goroutines: <Way title={text.links.goroutines} onGo={() => showTable('goroutine')}>{text.goroutines(figures.count(growingGoroutines))}</Way>,
        part: figures.share(top ? top.growths / total.growths : 0),
        start: name === null ? null : <Way title={text.links.start(name)} onGo={() => showStart(name)}><code>{shortName(name)}</code></Way>,
      }}
    />
  );
}

function Largest({answer}: {readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {showLargest} = useWays();
  const text = copy.headline;
  const {largest} = answer;
  if (!largest) return null;
  const size = figures.bytes(largest.bytes);
  return <Phrase text={text.largest} parts={{size: largest.goroutine < 0 ? size : <Way title={text.links.largest} onGo={() => showLargest(largest)}>{size}</Way>}} />;
}

/** What else is worth knowing of the figures. */
function Asides({scope, answer}: {readonly scope: Scope; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const text = copy.headline;
  const nameOf = (id: number) => scope.summary.sources.find((source) => source.id === id)?.name ?? '';
  const {total, overflowSamples, shrinkSamples, preemptionSamples, areSamplesOnAxis, weight} = answer;
  const asides = [
    scope.range ? text.inRange : null,
    isNarrowed(scope.filter) ? text.filtered : null,
    scope.range && weight > 0 && !areSamplesOnAxis ? text.ofAll : null,
    answer.countedBy !== null && answer.untoldProbes === 0 && !isKnown(total, 'growths', answer.isTold) ? text.untold(nameOf(answer.source)) : null,
    total.copyNs > 0 ? text.copying(figures.duration(total.copyNs)) : null,
    overflowSamples > 0 ? text.overflow(figures.count(overflowSamples)) : null,
    shrinkSamples > 0 ? text.shrinks(figures.count(shrinkSamples)) : null,
    preemptionSamples > 0 ? text.preemptions(figures.count(preemptionSamples)) : null,
  ].filter((aside) => aside !== null);
  return asides.map((aside) => <span key={aside} className="headline-aside">{aside}</span>);
}

function Way({title, onGo, children, look = 'plain'}: {readonly title: string; readonly onGo: () => void; readonly children: ReactNode; readonly look?: 'plain' | 'share'}) {
  return <button type="button" className={`headline-way headline-${look}`} title={title} onClick={onGo}>{children}</button>;
}
