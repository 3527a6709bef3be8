/** Where on the lanes of an answer what is searched was found, asked of the worker; null: nothing is searched, or it is not known yet. */
import {useMemo} from 'react';
import type {LaneMatchesAnswer} from '../../derive/lane-matches/shape.ts';
import type {Grouping, LanesAnswer} from '../../derive/lanes/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useStore} from '../../state/use-store.ts';
import {placeOf} from './lane-places.ts';

export function useLaneMatches({query, isEventOnAxis}: Scope, lanes: LanesAnswer | null, groupBy: Grouping): LaneMatchesAnswer | null {
  const search = useStore((state) => state.searched);
  const ignoreCase = !useStore((state) => state.matchCase);
  const isAsked = search !== '' && query !== null && isEventOnAxis;
  const question = useMemo(() => {
    if (!isAsked || !lanes || !query) return null;
    const {fromNs, toNs, widthPx, rows} = lanes;
    const asked = rows.map((row) => ({key: row.key, place: placeOf(row, groupBy)})).filter(({place: {kind}}) => kind === 'goroutine' || kind === 'group' || kind === 'thread' || kind === 'event');
    return {query, search, ignoreCase, fromNs, toNs, widthPx, lanes: asked};
  }, [isAsked, lanes, query, search, ignoreCase, groupBy]);
  const {answer} = useAnswer('laneMatches', question);
  return isAsked ? answer : null;
}
