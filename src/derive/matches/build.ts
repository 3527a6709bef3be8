/** Things of a call tree whose stacks hold a match -> counts by pixel. Cost: linear in tree and things. */
import {matchingRows} from '../../base/matching-rows.ts';
import {rowsBelow} from '../call-tree/shape.ts';
import {defineDerivation} from '../derivation.ts';
import type {MatchesAnswer, MatchesQuestion} from './shape.ts';

export const matches = defineDerivation({
  id: 'matches',
  answer(session, {query, fromNs, toNs, widthPx, search, ignoreCase}: MatchesQuestion): MatchesAnswer | null {
    const made = session.callTree(query);
    if (!made) return null;
    const {tree, things} = made;
    const holds = rowsBelow(tree, matchingRows(tree.names, search, ignoreCase));
    const width = Math.max(1, Math.floor(widthPx));
    const pixelsPerNs = toNs > fromNs ? width / (toNs - fromNs) : 0;
    const answer = {matching: new Float64Array(width), found: {samples: 0, weight: 0}};
    const {length, node, timeNs, durationNs, weight, count} = things;
    for (let i = 0; i < length; i++) {
      if (node[i] < 0 || holds[node[i]] === 0) continue;
      const stands = count ? count[i] : 1;
      answer.found.samples += stands;
      answer.found.weight += weight[i];
      const endNs = durationNs && durationNs[i] > 0 ? timeNs[i] + durationNs[i] : timeNs[i];
      if (!(timeNs[i] <= toNs && endNs >= fromNs)) continue;
      const first = Math.max(0, Math.min(width - 1, Math.floor((timeNs[i] - fromNs) * pixelsPerNs)));
      const last = Math.max(first, Math.min(width - 1, Math.ceil((endNs - fromNs) * pixelsPerNs) - 1));
      for (let pixel = first; pixel <= last; pixel++) answer.matching[pixel] += stands;
    }
    return answer;
  },
});
