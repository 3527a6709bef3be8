/** `morestack switches FILE…`: when threads were on and off the CPU, one JSON line a stretch. What the card of a thread's lane says of a time. */
import type {Session, SessionSource} from '../derive/derivation.ts';
import {cpuStretches, type SwitchedThread} from '../derive/off-cpu/shape.ts';
import {absoluteNs, text} from '../model/trace.ts';
import type {Choice} from './choice.ts';
import {json, type Json} from './json.ts';
import {lineCommand} from './line-command.ts';
import {stackPrinter} from './stack-names.ts';

export const switches = lineCommand('switches', 'one JSON line a stretch of a thread on or off the CPU: since when, until when, why, who ran before and after', linesOf);

function* linesOf(session: Session, source: SessionSource, chosen: Choice): Generator<string> {
  const {trace, name} = source;
  const off = session.offCpu(source);
  const part = chosen.rangeOf(source);
  if (!off || !part) return;
  const names = stackPrinter(trace, (frame) => text(trace, trace.frames.name[frame]) ?? '[unknown]');
  const pass = chosen.thread(source);
  for (let thread = 0; thread < trace.threads.length; thread++) {
    if (!pass(thread)) continue;
    const stretches = cpuStretches(off, thread);
    for (let i = 0; i < stretches.length; i++) {
      const {is, fromNs, toNs, isBegun, isOpen, isSeen, isBroken, state, previous, next, sample} = stretches.at(i);
      if (!(toNs > fromNs) || toNs < part.fromNs || fromNs > part.toNs) continue;
      const stack = sample < 0 ? -1 : trace.samples.stack[sample];
      yield json({
        file: name, tid: trace.threads.tid[thread], comm: text(trace, trace.threads.name[thread]), is, fromNs: absoluteNs(trace, fromNs), toNs: absoluteNs(trace, toNs),
        isBegun, isOpen, isSeen, isBroken, prevState: state, previous: printed(previous), next: printed(next), stack: stack < 0 ? null : names(stack),
      });
    }
  }
}

function printed(thread: SwitchedThread | null): Json {
  return thread && {tid: thread.tid, comm: thread.comm};
}
