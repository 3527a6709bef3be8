/** The answer in one sentence: what growing stacks costs, how often it happens, how far it goes. */
import {useAnswer} from '../../state/use-answer.ts';
import {useGrowth} from '../../state/use-growth.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import './view.css';

export function HeadlineView() {
  const copy = useCopy();
  const figures = useFigures();
  const scope = useScope();
  const showTab = useStore((state) => state.showTab);
  const growth = useGrowth();
  // Samples that are on no axis, or on another one, still say what share of them grows.
  const flame = useAnswer('flame', scope?.query && !scope.isEventOnAxis ? {query: {...scope.query, chains: 'all'}, form: {kind: 'top-down'}, path: [], widthPx: 1, search: '', ignoreCase: true} : null);
  if (!scope) return <p className="headline">&nbsp;</p>;
  const {answer} = growth;
  const text = copy.headline;
  const sums = flame.answer?.sums;
  const [weight, growthWeight, samples] = sums ? [sums.weight, sums.growthWeight, sums.samples] : [answer?.weight ?? 0, answer?.total.growthWeight ?? 0, answer?.samples ?? 0];
  const facts: string[] = [];
  if (answer && answer.countedBy !== null) {
    const {growths, largestBytes, copyNs} = answer.total;
    const goroutines = Number.isNaN(answer.growingGoroutines) ? null : figures.count(answer.growingGoroutines);
    facts.push(growths > 0 ? text.growths(figures.count(growths), goroutines) : text.noGrowths);
    if (!Number.isNaN(largestBytes)) facts.push(text.largest(figures.bytes(largestBytes)));
    if (copyNs > 0) facts.push(text.copying(figures.duration(copyNs)));
  } else if (answer || !scope.group) facts.push(text.noSizes);
  if (answer && answer.overflowSamples > 0) facts.push(text.overflow(figures.count(answer.overflowSamples)));
  if (answer && answer.shrinkSamples > 0) facts.push(text.shrinks(figures.count(answer.shrinkSamples)));
  if (answer && answer.preemptionSamples > 0) facts.push(text.preemptions(figures.count(answer.preemptionSamples)));
  return (
    <p className={`headline${growth.isStale || flame.isStale ? ' stale' : ''}`}>
      {weight > 0 ? (
        <button type="button" className="headline-share" onClick={() => showTab('growth')}>
          {growthWeight > 0 ? shareText(figures.share(growthWeight / weight)) : text.noGrowthSamples(figures.count(samples))}
        </button>
      ) : null}
      {facts.map((fact) => <span key={fact} className="headline-fact">{fact}</span>)}
      {scope.range ? <span className="headline-fact">{text.inRange}</span> : null}
      {scope.range && weight > 0 && !scope.isEventOnAxis ? <span className="headline-fact">{text.ofAll}</span> : null}
    </p>
  );

  function shareText(share: string): string {
    if (scope?.weight !== 'period') return text.growthShare(share);
    return scope.eventSummary?.unit === 'cpu-ns' ? text.growthShareCpu(share) : text.growthShareOf(share, scope.eventSummary?.name ?? '');
  }
}
