/** Stack changes of the source that is counted -> the patterns that they prove. */
import {defineDerivation, type Session} from '../derivation.ts';
import {bigFrames} from './big-frames.ts';
import {churn} from './churn.ts';
import {histories} from './histories.ts';
import {oscillation} from './oscillation.ts';
import type {Pattern, PatternsAnswer, PatternsQuestion} from './shape.ts';

const MOST_LISTED = 60;

export const patterns = defineDerivation({
  id: 'patterns',
  answer(session, question: PatternsQuestion): PatternsAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return null;
    const countable = session.countable(group);
    const chosen = countable.find(({source}) => source === question.counted) ?? countable.at(0);
    if (!chosen) return {countedBy: null, patterns: [], more: 0};
    const found = kept(session, question, () => {
      const all = histories(session, session.countedChanges(chosen), question);
      return [...churn(all, question.range?.fromNs ?? -Infinity), ...oscillation(all), ...bigFrames(all)].sort(costliestFirst);
    });
    return {countedBy: chosen.by, patterns: found.slice(0, MOST_LISTED), more: Math.max(0, found.length - MOST_LISTED)};
  },
});

function costliestFirst(a: Pattern, b: Pattern): number {
  const cost = (of: Pattern) => (Number.isNaN(of.copyNs) ? 0 : of.copyNs);
  return cost(b) - cost(a) || b.copiedBytes - a.copiedBytes || b.growths - a.growths;
}

const lastOfSession = new WeakMap<Session, {readonly key: string; readonly patterns: readonly Pattern[]}>();

/** The headline and the list ask the same: found once. */
function kept(session: Session, question: PatternsQuestion, find: () => readonly Pattern[]): readonly Pattern[] {
  const key = JSON.stringify(question);
  let last = lastOfSession.get(session);
  if (last?.key !== key) lastOfSession.set(session, (last = {key, patterns: find()}));
  return last.patterns;
}
