/** The line at the bottom: what is selected, what was read, what was wrong, and that nothing leaves the browser. */
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import './view.css';

export function StatusView() {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const scope = useScope();
  const isWorking = useStore(({isAsking, sources}) => isAsking || sources.some(({phase}) => phase === 'reading'));
  const sources = useStore((state) => state.sources);
  const isShortened = useStore((state) => state.isAddressShortened);
  const showTab = useStore((state) => state.showTab);
  const groups = [...sources, ...(scope?.summary.sources ?? [])].flatMap((source) => source.faults);
  const faults = groups.reduce((sum, {count}) => sum + count, 0);
  const {status} = copy;
  return (
    <footer className="status">
      {scope?.range ? <span>{status.selected(time.moment(scope.range.fromNs), time.moment(scope.range.toNs), figures.duration(scope.range.toNs - scope.range.fromNs))}</span> : scope?.group ? <span>{status.whole(figures.duration(scope.group.endNs))}</span> : null}
      {scope?.eventSummary ? <span>{status.samples(figures.count(scope.eventSummary.samples))}</span> : null}
      {sources.length > 0 ? <button type="button" onClick={() => showTab('faults')}>{status.faults(figures.count(faults))}</button> : null}
      {isShortened ? <span>{copy.address.shortened}</span> : null}
      <span className="status-right">{isWorking ? status.working : status.local}</span>
    </footer>
  );
}
