/** The patterns of the page's scope, as the headline and their own view both show them. */
import {useAnswer, type Answered} from './use-answer.ts';
import {useGrowthScope} from './use-growth.ts';
import type {Scope} from './use-scope.ts';

export function usePatterns(scope: Scope | null): Answered<'patterns'> {
  const base = useGrowthScope(scope);
  return useAnswer('patterns', base && base.group !== null ? {group: base.group, range: base.range, filter: base.filter, counted: base.counted} : null);
}
