/** Rows as they were painted -> the same again. A brush asks for the same window once more, and only groups of goroutines look another way then. */
import type {Session} from '../derivation.ts';
import {catalogue, type ThreadLane} from './catalogue.ts';
import type {Content} from './list.ts';
import type {Painted, Painting} from './painting.ts';

type KeptRow = Pick<Painting, 'state' | 'size' | 'used' | 'marks' | 'values'> & {readonly painted: Painted};

/** Of the last window, event and filter. */
const keptOfSession = new WeakMap<Session, {readonly key: string; readonly rows: Map<string, KeptRow>}>();

/** Many more than a screen has; each takes some kilobytes. */
const MOST_KEPT = 400;

/** What of a row decides its pixels beside window, event and filter; null: the range does, or it has boxes. `key`: of the row. */
function nameOf({session, group, question}: Painting, content: Content, key: string): string | null {
  switch (content.kind) {
    case 'counter':
    case 'gc':
    case 'goroutine':
    case 'thread':
    case 'event': return key;
    case 'process': return `${key} ${tidsOf(content.process.threads)}`;
    case 'section': {
      if (content.section === 'threads') return `${key} ${catalogue(session, group, question).processes.map(({threads}) => tidsOf(threads)).join(' ')}`;
      return content.shows ? `${key} ${content.shows.source.id} ${content.shows.counter}` : key;
    }
    case 'group':
    case 'proc':
    case 'regions':
    case 'task':
    case 'log': return null;
  }
}

/** Which threads a process has may depend on the range, and so does their order. */
function tidsOf(threads: readonly ThreadLane[]): string {
  return threads.map(({tid}) => tid).sort((a, b) => a - b).join(' ');
}

/** Paints the row, or copies what was painted of it before. */
export function paintedOnce(painting: Painting, content: Content, rowKey: string, paint: () => Painted): Painted {
  const {session, group, window, question} = painting;
  const name = nameOf(painting, content, rowKey);
  if (name === null) return paint();
  const key = JSON.stringify([group.reference, window, question.event, question.filter]);
  let kept = keptOfSession.get(session);
  if (kept?.key !== key || kept.rows.size >= MOST_KEPT) keptOfSession.set(session, (kept = {key, rows: new Map()}));
  const known = kept.rows.get(name);
  if (!known) {
    const painted = paint();
    const {state, size, used, marks, values} = painting;
    kept.rows.set(name, {state: state.slice(), size: size.slice(), used: used.slice(), marks: marks.slice(), values: values.map((plane) => plane.slice()), painted});
    return painted;
  }
  painting.state.set(known.state);
  painting.size.set(known.size);
  painting.used.set(known.used);
  painting.marks.set(known.marks);
  known.values.forEach((plane, i) => painting.values[i].set(plane));
  return known.painted;
}
