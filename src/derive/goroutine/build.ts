/** One goroutine -> its story. */
import {StackChangeKind} from '../../model/tables.ts';
import {defineDerivation} from '../derivation.ts';
import {readableChain} from '../readable/shape.ts';
import {alike, creators, kin} from './kin.ts';
import {life} from './life.ts';
import {samplesOf} from './samples.ts';
import type {GoroutineAnswer, GoroutineQuestion} from './shape.ts';
import {sizeCurve, stackSteps, type StackSteps} from './stack-steps.ts';

export const goroutine = defineDerivation({
  id: 'goroutine',
  answer(session, question: GoroutineQuestion): GoroutineAnswer | null {
    const source = session.source(question.source);
    if (!source || question.goroutine >= source.trace.goroutines.length) return null;
    const {trace} = source;
    const {goroutines} = trace;
    const row = question.goroutine;
    const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
    const {latency, ...lived} = life(trace, row, {fromNs: (question.range?.fromNs ?? -Infinity) - shiftNs, toNs: (question.range?.toNs ?? Infinity) - shiftNs});
    const steps = stackSteps(session, source, question);
    const shown = Math.max(0, Math.min(question.count, steps.length - question.first));
    return {
      source: source.id,
      isProbed: source.probed !== null,
      ...kin(trace, row),
      creators: creators(trace, row),
      creatorChain: readableChain(trace, session.labels(source), goroutines.creatorStack[row]),
      startNs: goroutines.startNs[row] + shiftNs,
      endNs: goroutines.endNs[row] + shiftNs,
      ...alike(trace, row),
      ...lived,
      latency: {...latency, mostAtNs: latency.mostAtNs + shiftNs},
      samples: samplesOf(session, question),
      countedBy: steps.by,
      sizes: sizeCurve(steps),
      stepCount: steps.length,
      growths: countOf(steps, StackChangeKind.Growth),
      shrinks: countOf(steps, StackChangeKind.Shrink),
      first: question.first,
      steps: Array.from({length: shown}, (_, i) => steps.step(question.first + i)),
    };
  },
});

function countOf(steps: StackSteps, kind: number): number {
  let count = 0;
  for (let i = 0; i < steps.length; i++) if (steps.change(i).kind === kind) count++;
  return count;
}
