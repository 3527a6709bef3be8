/** What the worker is at, in words: `building the flame graph of 1,000,000 samples …`. */
import type {DerivationId} from '../derive/registry.ts';
import {useScope} from './use-scope.ts';
import {useCopy, useFigures} from './use-store.ts';

/** Answers that every sample goes into. */
const OF_SAMPLES: ReadonlySet<DerivationId> = new Set(['flame', 'functions', 'growthTable', 'overview', 'matches', 'laneMatches', 'stackFile', 'patterns']);

export function useWorkText(work: DerivationId | null): string | null {
  const {work: words} = useCopy();
  const figures = useFigures();
  const samples = useScope()?.summary.sources.reduce((sum, {events}) => sum + events.reduce((count, event) => count + event.samples, 0), 0) ?? 0;
  if (work === null) return null;
  const doing = words.doing[work] ?? words.answering;
  return OF_SAMPLES.has(work) && samples > 0 ? words.ofSamples(doing, figures.count(samples)) : `${doing} …`;
}
