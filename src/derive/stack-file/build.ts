/** A query -> its stacks as the bytes of a file. */
import {text} from '../../model/trace.ts';
import {groupOf} from '../axis/shape.ts';
import {defineDerivation} from '../derivation.ts';
import {folded} from './folded.ts';
import {pprof} from './pprof.ts';
import type {StackFileAnswer, StackFileQuestion} from './shape.ts';
import {stackSums} from './stacks.ts';

export const stackFile = defineDerivation({
  id: 'stackFile',
  answer(session, {query, format}: StackFileQuestion): StackFileAnswer | null {
    const made = session.callTree(query);
    if (!made) return null;
    const {tree, things} = made;
    const stacks = stackSums(session, made);
    const sampled = session.source(query.source);
    const range = query.range ?? {fromNs: 0, toNs: groupOf(session.axis, query.source)?.endNs ?? 0};
    const event = sampled && query.event >= 0 ? text(sampled.trace, sampled.trace.events.name[query.event]) : null;
    const bytes = format === 'folded' ? folded(tree, stacks) : pprof(session, tree, things.stackSources, stacks, {weight: query.weight, event, durationNs: range.toNs - range.fromNs});
    return {bytes};
  },
});
