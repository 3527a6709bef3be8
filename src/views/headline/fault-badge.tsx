/** How much could not be read as it should be: a way to the faults. Nothing where all was. */
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export function FaultBadge() {
  const copy = useCopy();
  const figures = useFigures();
  const sources = useStore((state) => state.sources);
  const showTab = useStore((state) => state.showTab);
  const summary = useScope()?.summary;
  const groups = sources.flatMap(({id, faults}) => [...faults, ...(summary?.sources.find((source) => source.id === id)?.faults ?? [])]);
  const count = groups.reduce((sum, group) => sum + group.count, 0);
  if (count === 0) return null;
  const isBad = groups.some(({severity}) => severity !== 'odd');
  return (
    <button type="button" className={`headline-faults${isBad ? ' headline-faults-bad' : ''}`} title={copy.headline.links.faults} onClick={() => showTab('faults')}>
      {isBad ? <span aria-hidden="true">⚠ </span> : null}{copy.headline.faults(figures.count(count))}
    </button>
  );
}
