/** Weights as they are read: CPU time, a number of samples, or so many of what the event counts. */
import {useMemo} from 'react';
import type {CallTreeQuery} from '../../derive/call-tree/shape.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export interface WeightText {
  /** A weight with its unit. */
  weight(value: number): string;
  /** What the weight is of: `samples`, `CPU time`, or the event. */
  readonly unit: string;
}

/** How weights of a query are written; of an answer's own query, so that an old answer keeps its unit. */
export function useWeightText(query: CallTreeQuery | null): WeightText {
  const copy = useCopy();
  const figures = useFigures();
  const summary = useScope()?.summary;
  const source = summary?.sources.find(({id}) => id === query?.source);
  const event = source?.events.find((other) => other.event === query?.event);
  const isSamples = query?.weight !== 'period';
  const isCpu = event?.unit === 'cpu-ns';
  const name = event?.name ?? '';
  return useMemo(() => {
    if (isSamples) return {weight: (value) => copy.flame.weightUnit.samples(figures.count(value)), unit: copy.flame.samples};
    if (isCpu) return {weight: (value) => figures.duration(value), unit: copy.flame.cpuTime};
    return {weight: (value) => copy.flame.weightUnit.event(figures.count(value), name), unit: name};
  }, [isSamples, isCpu, name, copy, figures]);
}
