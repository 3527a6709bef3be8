/** When a user's task or region may begin and end, and which are in progress. */
import {Ev, timedEvents} from '../event-types.ts';
import {Advance, type Turn} from '../turn.ts';

const decoder = new TextDecoder();

export function taskBegin(turn: Turn): Advance {
  const {tasks} = turn.state;
  const [task, parent, nameId] = turn.cursor.args;
  if (tasks.has(task)) return turn.broken(`task ${task} begins but is active already`);
  const name = turn.string(nameId);
  if (!name || !turn.needs('must', 'must', 'must')) return Advance.Broken;
  // In this event 0 means no parent, not the background task.
  const shownParent = parent === 0 ? -1 : parent;
  tasks.set(task, {parent: shownParent, name});
  turn.push().args[1] = shownParent;
  return Advance.Done;
}

/** A task that began before the trace ends without a beginning; one may also end twice. */
export function taskEnd(turn: Turn): Advance {
  if (!turn.needs('must', 'must', 'must')) return Advance.Broken;
  const id = turn.cursor.args[0];
  const task = turn.state.tasks.get(id);
  const event = turn.push();
  if (task) {
    event.parentTask = task.parent;
    event.taskName = task.name;
    turn.state.tasks.delete(id);
  }
  return Advance.Done;
}

export function region(turn: Turn, type: number): Advance {
  const goroutine = turn.current(timedEvents[type]!.name);
  const name = goroutine && turn.string(turn.cursor.args[1]);
  if (!goroutine || !name) return Advance.Broken;
  const here = {task: turn.cursor.args[0], name: decoder.decode(name)};
  if (type === Ev.UserRegionBegin) goroutine.regions.push(here);
  else {
    // A region that began before the trace ends without a beginning.
    const inner = goroutine.regions.at(-1);
    if (inner && (inner.task !== here.task || inner.name !== here.name)) {
      return turn.broken(`region “${here.name}” ends in goroutine ${turn.g}, whose innermost region is “${inner.name}”`);
    }
    goroutine.regions.pop();
  }
  return turn.done();
}
