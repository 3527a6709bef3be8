/** What the strip over the axis shows: which bytes, to be chosen, and whose samples. */
import type {OverviewAnswer} from '../../derive/overview/shape.ts';
import {processTokens} from '../../draw/timeline/paint-overview.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Legend} from '../ui/legend.tsx';

export function OverviewNames({answer, found}: {readonly answer: OverviewAnswer | null; /** Samples that hold what is searched; null: nothing is. */ readonly found: number | null}) {
  const {timeline} = useCopy();
  const figures = useFigures();
  const bytes = useStore((state) => state.overviewBytes);
  const showBytes = useStore((state) => state.showOverviewBytes);
  const processes = answer?.processes ?? [];
  const all = processes.reduce((sum, {samples}) => sum + samples, 0);
  const ofProcesses = processes.map(({pid, name, samples}, i) => ({text: `${pid === -1 ? timeline.otherProcesses : timeline.process(name ?? '', String(pid)).trim()} ${figures.share(samples / all)}`, token: processTokens[i]}));
  const hasGrowth = answer?.growthSamples.some((count) => count > 0) ?? false;
  const entries = [
    ...(ofProcesses.length > 0 ? ofProcesses : [{text: timeline.overviewSamples, token: 'ink3'}]),
    ...(hasGrowth ? [{text: timeline.overviewGrowth, token: 'growth'}] : []),
  ];
  const hasSamples = answer?.samples.some((count) => count > 0) ?? false;
  const other = bytes === 'held' ? 'copied' : 'held';
  return (
    <div className="timeline-gutter">
      {/* Beside the upper part of the strip, and beside the lower. */}
      <span className="overview-bytes">
        {answer?.hasStackSizes ? (
          <Button look="quiet" label={timeline.showBytes(timeline.bytes[other])} onClick={() => showBytes(other)}>{bytes === 'held' ? timeline.heldUpTo(figures.bytes(answer.mostHeldBytes)) : timeline.bytes.copied} ⇄</Button>
        ) : timeline.overview}
      </span>
      {hasSamples ? (
        <div className="overview-samples">
          {found === null ? null : <small className="overview-found">{timeline.found(figures.count(found))}</small>}
          <Legend label={processes.length > 0 ? timeline.byProcess : timeline.overviewSamples} entries={entries} />
        </div>
      ) : null}
    </div>
  );
}
