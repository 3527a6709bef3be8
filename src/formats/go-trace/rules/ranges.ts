/** When a range (a GC, a sweep, a mark assist, a stop-the-world) may begin and end, and what is known of those in progress. */
import {Ev, timedEvents} from '../event-types.ts';
import {MARK_ASSIST} from '../scheduler.ts';
import {Advance, type Turn} from '../turn.ts';

export function gcActive(turn: Turn): Advance {
  const sequence = turn.cursor.args[0];
  const {state} = turn;
  if (turn.initial) {
    if (state.gc !== 'undetermined') return turn.broken('GCActive in the first generation is not its first GC event');
    state.gcSequence = sequence;
    state.gc = 'running';
    return turn.done();
  }
  if (sequence !== state.gcSequence + 1) return Advance.Wait;
  if (state.gc !== 'running') return turn.broken('GCActive while no GC is running');
  state.gcSequence = sequence;
  return turn.doneWith('must', 'must', 'must');
}

export function gcBegin(turn: Turn): Advance {
  const sequence = turn.cursor.args[0];
  const {state} = turn;
  if (state.gc !== 'undetermined') {
    if (sequence !== state.gcSequence + 1) return Advance.Wait;
    if (state.gc === 'running') return turn.broken('GCBegin while a GC is running');
    if (!turn.needs('must', 'must', 'must')) return Advance.Broken;
  }
  state.gcSequence = sequence;
  state.gc = 'running';
  return turn.done();
}

export function gcEnd(turn: Turn): Advance {
  const sequence = turn.cursor.args[0];
  const {state} = turn;
  if (sequence !== state.gcSequence + 1) return Advance.Wait;
  if (state.gc !== 'running') return turn.broken('GCEnd while no GC is known to run');
  if (!turn.needs('must', 'must', 'must')) return Advance.Broken;
  state.gcSequence = sequence;
  state.gc = 'not-running';
  return turn.done();
}

export function sweep(turn: Turn, type: number): Advance {
  if (!turn.needs('must', 'must', 'may')) return Advance.Broken;
  const proc = turn.state.procs.get(turn.p);
  const begins = type === Ev.GCSweepBegin;
  if (!proc || proc.sweeping === begins) return turn.broken(begins ? `proc ${turn.p} begins a sweep inside a sweep` : `proc ${turn.p} ends a sweep that it did not begin`);
  proc.sweeping = begins;
  return turn.done();
}

/** In the first generation it tells of a sweep in progress; later it only repeats what is known. */
export function sweepActive(turn: Turn): Advance {
  const p = turn.cursor.args[0];
  const proc = turn.state.procs.get(p);
  if (!proc || proc.sweeping === turn.initial) return turn.broken(`GCSweepActive does not fit proc ${p}`);
  proc.sweeping = true;
  return turn.done();
}

export function rangeBegin(turn: Turn, type: number): Advance {
  const goroutine = turn.current(timedEvents[type]!.name);
  if (!goroutine) return Advance.Broken;
  const range = type === Ev.STWBegin ? turn.cursor.args[0] : MARK_ASSIST;
  if (goroutine.ranges.includes(range)) return turn.broken(`${timedEvents[type]!.name} of goroutine ${turn.g}, which is in it already`);
  goroutine.ranges.push(range);
  return turn.done();
}

export function rangeEnd(turn: Turn, type: number): Advance {
  const goroutine = turn.current(timedEvents[type]!.name);
  if (!goroutine) return Advance.Broken;
  const {ranges} = goroutine;
  const at = ranges.findIndex((range) => (range === MARK_ASSIST) === (type === Ev.GCMarkAssistEnd));
  if (at < 0) return turn.broken(`${timedEvents[type]!.name} of goroutine ${turn.g}, which is not in it`);
  const range = ranges[at];
  ranges[at] = ranges[ranges.length - 1];
  ranges.pop();
  const event = turn.push();
  // The end of a stop-the-world does not say of which kind: the beginning did.
  if (type === Ev.STWEnd) event.args[0] = range;
  return Advance.Done;
}

/** Like `sweepActive`, of a goroutine. */
export function markAssistActive(turn: Turn): Advance {
  const g = turn.cursor.args[0];
  const goroutine = turn.state.goroutines.get(g);
  if (!goroutine || goroutine.ranges.includes(MARK_ASSIST) === turn.initial) return turn.broken(`GCMarkAssistActive does not fit goroutine ${g}`);
  if (turn.initial) goroutine.ranges.push(MARK_ASSIST);
  return turn.done();
}
