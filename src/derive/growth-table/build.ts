/** A window of sorted rows, cut from sums that are made once for all orders, searches and windows. */
import {defineDerivation, type Session} from '../derivation.ts';
import {isFound, order} from './order.ts';
import type {GrowthTableAnswer, GrowthTableQuestion} from './shape.ts';
import {tableSums, type TableSums} from './sums.ts';

export const growthTable = defineDerivation({
  id: 'growthTable',
  answer(session, question: GrowthTableQuestion): GrowthTableAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group) ?? null;
    if (question.group !== null && !group) return null;
    const {rows, ...sums} = kept(session, question, () => tableSums(session, group, question));
    const searched = question.search.trim().toLowerCase();
    const found = searched === '' ? rows : rows.filter((row) => isFound(row, searched));
    const sorted = found.toSorted(order(question.sort.by, question.sort.descending));
    return {...sums, by: question.by, first: question.first, rows: sorted.slice(question.first, question.first + question.count), rowCount: found.length, allRows: rows.length};
  },
});

/** The headline's sums, the table's, and those before a brush that is undone. */
const KEPT = 6;
const sumsOfSession = new WeakMap<Session, Map<string, TableSums>>();

function kept(session: Session, {group, range, filter, event, weight, by, counted}: GrowthTableQuestion, make: () => TableSums): TableSums {
  let known = sumsOfSession.get(session);
  if (!known) sumsOfSession.set(session, (known = new Map()));
  const key = JSON.stringify([group, range, filter, event, weight, by, counted]);
  const sums = known.get(key) ?? make();
  known.delete(key);
  known.set(key, sums);
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return sums;
}
