/** Weights as they are read: CPU time, a number of samples, or so many of what the event counts. */
import {useCallback} from 'react';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function useWeightText(): (weight: number) => string {
  const copy = useCopy();
  const figures = useFigures();
  const scope = useScope();
  const weight = scope?.weight ?? 'samples';
  const event = scope?.eventSummary?.name ?? '';
  const isCpu = scope?.eventSummary?.unit === 'cpu-ns';
  return useCallback((value) => {
    if (weight === 'samples') return copy.flame.weightUnit.samples(figures.count(value));
    return isCpu ? figures.duration(value) : copy.flame.weightUnit.event(figures.count(value), event);
  }, [weight, event, isCpu, copy, figures]);
}
