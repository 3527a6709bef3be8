/** How much could not be read as it should be: a way to the faults. Nothing where all was. */
import {useFaults} from '../../state/use-faults.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export function FaultBadge() {
  const copy = useCopy();
  const figures = useFigures();
  const showTab = useStore((state) => state.showTab);
  const faults = useFaults();
  const count = faults.reduce((sum, {group}) => sum + group.count, 0);
  if (count === 0) return null;
  const isBad = faults.some(({group}) => group.severity !== 'odd');
  return (
    <button type="button" className={`headline-faults${isBad ? ' headline-faults-bad' : ''}`} title={copy.headline.links.faults} onClick={() => showTab('faults')}>
      {isBad ? <span aria-hidden="true">⚠ </span> : null}{copy.headline.faults(figures.count(count))}
    </button>
  );
}
