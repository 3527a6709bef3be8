/** What every view that counts growths asks alike: the page's range, samples, and the source that is counted. */
import type {GrowthTableQuestion} from '../derive/growth-table/shape.ts';
import type {Scope} from './use-scope.ts';
import {useStore} from './use-store.ts';

/** The part of a question that does not say what makes a row. */
export type GrowthScope = Pick<GrowthTableQuestion, 'group' | 'range' | 'filter' | 'event' | 'weight' | 'counted'>;

/** The growths of the page's scope; null where nothing is open. */
export function useGrowthScope(scope: Scope | null): GrowthScope | null {
  const counted = useStore((state) => state.counted);
  if (!scope) return null;
  return {group: scope.group?.reference ?? null, range: scope.range, filter: scope.filter, event: scope.event, weight: scope.weight, counted};
}

/** The question that the headline asks of it: sums over all, and the start function that grew most often. */
export function growthOfScope(base: GrowthScope | null): GrowthTableQuestion | null {
  return base && {...base, by: 'startFunction', search: '', sort: {by: 'growths', descending: true}, first: 0, count: 1};
}
