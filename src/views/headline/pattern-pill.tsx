/** The costliest pattern that the events prove: a way to it. Nothing where none is proven. */
import {usePatterns} from '../../state/use-patterns.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export function PatternPill() {
  const copy = useCopy();
  const figures = useFigures();
  const showTab = useStore((state) => state.showTab);
  const {answer} = usePatterns(useScope());
  const pattern = answer?.patterns.at(0);
  if (!pattern) return null;
  const {kind, goroutines, times} = pattern;
  return (
    <button type="button" className="headline-pattern" onClick={() => showTab('patterns')}>
      <strong>{copy.patterns.names[kind]}</strong> {copy.patterns.short[kind](figures.count(kind === 'churn' ? goroutines : times))} <span aria-hidden="true">→</span>
    </button>
  );
}
