/** What each thing is of: its process, thread, goroutine, start function or creator, for a first level of the tree. */
import {goroutineName} from '../../base/goroutine-name.ts';
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Gathered} from './gathered.ts';
import type {Owners, TreeRoots} from './shape.ts';

/** What owners are asked of: rows of a table of a source. */
type Rows = Pick<Gathered, 'table' | 'source' | 'row'>;

/** null for `nothing`. Processes and threads are named as perf does it (`app 1234`), goroutines `G12 main.worker`. Cost: linear in the things. */
export function roots(session: Session, things: Rows, by: TreeRoots): Owners | null {
  if (by === 'nothing') return null;
  const names = new Map<string, number>();
  const rowOfKey = new Map<number, number>();
  const rows: number[] = [];
  const nameOf = by === 'process' || by === 'thread' ? threadNames(session, things.source, by) : goroutineNames(session, things, by);
  const keyOf = by === 'process' || by === 'thread' ? threadsOf(things) : goroutinesOf(session, things);
  const of = keyOf.map((key) => {
    if (key < 0) return -1;
    let row = rowOfKey.get(key);
    if (row === undefined) {
      const name = nameOf(key);
      row = name === null ? -1 : (names.get(name) ?? names.size);
      if (name !== null && row === names.size) {
        names.set(name, row);
        rows.push(key);
      }
      rowOfKey.set(key, row);
    }
    return row;
  });
  return {of, names: [...names.keys()], rows};
}

function threadsOf({table, source: {trace}, row}: Rows): Int32Array {
  const {thread} = trace[table];
  return row.map((i) => thread[i]);
}

function threadNames(session: Session, source: SessionSource, by: 'process' | 'thread'): (thread: number) => string | null {
  const {trace} = source;
  const {threads, processes} = trace;
  return (thread) => {
    if (by === 'thread') return threads.tid[thread] === -1 ? null : `${text(trace, threads.name[thread]) ?? ''} ${threads.tid[thread]}`.trim();
    const process = threads.process[thread];
    // A Go trace names no process: which one it is of is known from the samples on its threads.
    const pid = process < 0 || processes.pid[process] === -1 ? session.processOf(source) : processes.pid[process];
    return pid === null ? null : `${(process < 0 ? null : text(trace, processes.name[process])) ?? ''} ${pid}`.trim();
  };
}

/** Rows of the goroutines of the source that `goroutineNames` names. */
function goroutinesOf(session: Session, {table, source, row}: Rows): Int32Array {
  const {trace} = source;
  if (table === 'samples') {
    const {goroutine} = session.attribution(source);
    return row.map((i) => goroutine[i]);
  }
  if (table === 'switches') return new Int32Array(row.length).fill(-1);
  if (table === 'stackChanges') return row.map((i) => trace.stackChanges.goroutine[i]);
  const {goroutines, states} = trace;
  const owner = new Int32Array(states.length).fill(-1);
  for (let g = 0; g < goroutines.length; g++) owner.fill(g, goroutines.firstState[g], goroutines.firstState[g] + goroutines.stateCount[g]);
  return row.map((i) => owner[i]);
}

function goroutineNames(session: Session, {table, source}: Rows, by: 'goroutine' | 'startFunction' | 'creator'): (goroutine: number) => string | null {
  const of = table === 'samples' ? session.source(session.attribution(source).to) : source;
  if (!of) return () => null;
  const {trace} = of;
  const {goroutines, stacks} = trace;
  const start = (g: number) => text(trace, goroutines.startFunction[g]);
  switch (by) {
    case 'goroutine': return (g) => `${goroutineName(goroutines.id[g])} ${start(g) ?? ''}`.trim();
    case 'startFunction': return start;
    case 'creator': return (g) => {
      const stack = goroutines.creatorStack[g];
      if (stack >= 0) return session.labels(of).names[session.labels(of).ofFrame[stacks.frame[stack]]];
      return goroutines.creator[g] >= 0 ? start(goroutines.creator[g]) : null;
    };
  }
}
