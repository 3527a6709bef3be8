/** Weights as they are read: CPU time, a number of samples, so many of what the event counts, growths, bytes, or time in a state. */
import {useMemo} from 'react';
import type {CallTreeQuery} from '../derive/call-tree/shape.ts';
import {useScope} from './use-scope.ts';
import {useCopy, useFigures} from './use-store.ts';

export interface WeightText {
  /** A weight with its unit. */
  weight(value: number): string;
  /** What the weight is of: `samples`, `CPU time`, or the event. */
  readonly unit: string;
  /** How many of what was weighed: samples, growths, times in the state. */
  countOf(count: number): string;
}

/** How weights of a query are written; of an answer's own query, so that an old answer keeps its unit. */
export function useWeightText(query: CallTreeQuery | null): WeightText {
  const copy = useCopy();
  const figures = useFigures();
  const summary = useScope()?.summary;
  const source = summary?.sources.find(({id}) => id === query?.source);
  const event = source?.events.find((other) => other.event === query?.event);
  const weight = query?.weight ?? 'samples';
  const isCpu = event?.unit === 'cpu-ns';
  const name = event?.name ?? '';
  return useMemo(() => {
    const {weightUnit, weights} = copy.flame;
    const samples = (value: number) => weightUnit.samples(figures.count(value));
    const growths = (value: number) => weightUnit.growths(figures.count(value));
    const turns = (value: number) => weightUnit.turns(figures.count(value));
    const duration = (value: number) => figures.duration(value);
    switch (weight) {
      case 'samples': return {weight: samples, unit: weights.samples, countOf: samples};
      case 'period':
        return isCpu ? {weight: duration, unit: copy.flame.cpuTime, countOf: samples} : {weight: (value) => weightUnit.event(figures.count(value), name), unit: name, countOf: samples};
      case 'growths': return {weight: growths, unit: weights.growths, countOf: growths};
      case 'copiedBytes': return {weight: (value) => figures.bytes(value), unit: weights.copiedBytes, countOf: growths};
      case 'copyNs': return {weight: duration, unit: weights.copyNs, countOf: growths};
      case 'runningNs':
      case 'runnableNs':
      case 'waitingNs':
      case 'syscallNs':
      case 'offCpuNs': return {weight: duration, unit: weights[weight], countOf: turns};
    }
  }, [weight, isCpu, name, copy, figures]);
}
