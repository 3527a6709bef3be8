/** What proves a pattern, in words. */
import type {CRITERIA, PatternKind} from '../../derive/patterns/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function Criterion({kind, criteria}: {readonly kind: PatternKind; readonly criteria: typeof CRITERIA}) {
  const {criteria: texts} = useCopy().patterns;
  const figures = useFigures();
  return kind === 'churn' ? texts.churn(figures.count(criteria.churnGoroutines), figures.count(criteria.churnSteps)) : texts[kind];
}
