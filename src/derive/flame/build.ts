/** Call tree -> what a picture of a given form and width can show of it. */
import {matchingRows} from '../../base/matching-rows.ts';
import {namesOf, outermostRows, type CallTreeQuery} from '../call-tree/shape.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import {inTime} from './in-time.ts';
import {bottomUp, callers} from './inverted.ts';
import {foundAbove, foundIn} from './search.ts';
import type {FlameAnswer, FlameForm, FlameQuestion} from './shape.ts';
import {topDown} from './top-down.ts';

export const flame = defineDerivation({
  id: 'flame',
  answer(session, {query, form, path, widthPx, search, ignoreCase}: FlameQuestion): FlameAnswer | null {
    const made = session.callTree(queryOf(query, form));
    if (!made) return null;
    const {tree, sums} = made;
    const matches = matchingRows(tree.names, search, ignoreCase);
    const whole = {query, form, sums, treeWeight: tree.total[0], found: matches && foundIn(tree, matches), time: null};
    switch (form.kind) {
      case 'top-down':
      case 'callees': return {...whole, ...topDown(tree, path, widthPx, matches)};
      case 'bottom-up': return {...whole, ...bottomUp(tree, path, widthPx, matches)};
      case 'callers': {
        const calls = outermostRows(tree, namesOf(tree, form.of));
        return {
          ...whole, ...callers(tree, calls, path, widthPx, matches),
          treeWeight: calls.reduce((sum, row) => sum + tree.total[row], 0), found: matches && foundAbove(tree, calls, matches),
        };
      }
      case 'time': {
        const {weight, ...shown} = inTime(session, made, form, form.window ?? query.range ?? axisOf(session, made.things.source), widthPx, matches);
        return {...whole, ...shown, treeWeight: weight};
      }
    }
  },
});

/** The tree that a form is made from. Callees are what is below the outermost calls; a sandwich and the order of time have their own first level. */
function queryOf(query: CallTreeQuery, form: FlameForm): CallTreeQuery {
  switch (form.kind) {
    case 'top-down':
    case 'bottom-up': return query;
    case 'callers':
    case 'time': return {...query, rootedBy: 'nothing'};
    case 'callees': return {...query, rootedBy: 'nothing', transforms: [...query.transforms, {kind: 'focus', function: form.of}]};
  }
}

/** All of the axis that a source is on; without times nothing. */
function axisOf(session: Session, source: number): {readonly fromNs: number; readonly toNs: number} {
  const group = session.axis.groups.find(({members}) => members.includes(source));
  return {fromNs: 0, toNs: group?.endNs ?? 0};
}
