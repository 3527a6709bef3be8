/** The growth table of the scope, as the headline and the table both show it: asked once. */
import {createContext, useContext} from 'react';
import {useAnswerAt, type Answered} from './use-answer.ts';
import type {Scope} from './use-scope.ts';
import {useStore} from './use-store.ts';

/** Start functions beyond this are counted, not listed. */
const LIMIT = 500;

export const GrowthContext = createContext<Answered<'growthTable'>>({answer: null, isStale: false});

/** The growth table that the shell gives. */
export function useGrowth(): Answered<'growthTable'> {
  return useContext(GrowthContext);
}

/** Asks for the growth table: once a page, for `GrowthContext`. */
export function useNewGrowth(scope: Scope | null, revision: number): Answered<'growthTable'> {
  const sort = useStore((state) => state.sort);
  const group = scope?.group;
  // The rows are start functions: choosing one narrows the other views, and leaves the others here to be chosen.
  const filter = scope && {...scope.filter, startFunction: null, goroutine: null};
  // The brush chooses among samples only where they are on the axis.
  return useAnswerAt(revision, 'growthTable', group && filter ? {group: group.reference, filter, range: scope.range, event: scope.isEventOnAxis ? scope.event : null, weight: scope.weight, sort, limit: LIMIT} : null);
}
