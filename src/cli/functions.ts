/** `morestack functions FILE…`: every function with what it weighs itself and with all that it calls, one JSON line each. */
import {groupOf} from '../derive/axis/shape.ts';
import {asRecorded, treeWeights, type TreeWeight} from '../derive/call-tree/shape.ts';
import type {Session} from '../derive/derivation.ts';
import {functions as functionTable} from '../derive/functions/build.ts';
import {FrameKind} from '../derive/labels/shape.ts';
import {text} from '../model/trace.ts';
import {choice, choiceOptions, choiceUsage} from './choice.ts';
import {readArguments, WrongUse, type Command} from './command.ts';
import {json} from './json.ts';
import {loadSession} from './load.ts';

const kindNames = new Map(Object.entries(FrameKind).map(([name, kind]) => [kind as number, name]));

export const functions: Command = {
  name: 'functions',
  usage: `functions FILE… [--event E] [--weight ${treeWeights.join('|')}] [--offset NS] ${choiceUsage}`,
  summary: 'one JSON line a function: self and total of a weight, heaviest first',
  async run(args, output) {
    const {files, values} = readArguments(args, {event: {type: 'string'}, weight: {type: 'string'}, offset: {type: 'string'}, ...choiceOptions}, {least: 1});
    const weight = treeWeights.find((known) => known === (values.weight ?? 'samples'));
    if (!weight) throw new WrongUse(`--weight is one of ${treeWeights.join(', ')}, not “${values.weight}”`);
    const {session, exitCode} = await loadSession(files, values.offset);
    const {filter, range} = choice(session, values);
    const from = weighed(session, weight, values.event);
    if (from) {
      if (range && groupOf(session.axis, from.source) !== session.axis.groups[0]) throw new WrongUse('--from and --to are of an axis that these samples are not on');
      const query = {...from, ...asRecorded, weight, range, filter};
      const answer = functionTable.answer(session, {query, sort: {by: 'total', descending: true}, search: '', ignoreCase: false, first: 0, count: Infinity, bins: 0, of: null});
      for (const {name, kind, dso, self, total, count, restored} of answer?.rows ?? []) {
        const wait = output.line(json({name, kind: kindNames.get(kind) ?? null, dso, self, total, count, ...(restored > 0 ? {restored} : {})}));
        if (wait) await wait;
      }
    }
    return exitCode;
  },
};

/** The samples that are weighed: of the event asked for, or of the only one there is; for a weight of the trace, the trace. */
function weighed(session: Session, weight: TreeWeight, asked: string | undefined): {readonly source: number; readonly event: number} | null {
  const {sources, axis} = session;
  if (weight !== 'period' && weight !== 'samples') {
    if (weight === 'offCpuNs') {
      const told = sources.find((source) => session.offCpu(source));
      if (!told) throw new WrongUse('offCpuNs is told by samples of sched:sched_switch or switch records, and there are none');
      return {source: told.id, event: -1};
    }
    if (axis.reference === null) throw new WrongUse(`${weight} is told by a Go trace, and none is open`);
    return {source: axis.reference, event: -1};
  }
  const all = sources.flatMap(({id, name, trace}) => [...new Set(trace.samples.event)].map((event) => ({source: id, event, file: name, name: text(trace, trace.events.name[event]) ?? ''})));
  const chosen = asked === undefined ? all : all.filter(({name}) => name === asked);
  const list = all.map(({file, name}) => `“${name}” of ${file}`).join(', ') || 'none';
  if (asked !== undefined && chosen.length === 0) throw new WrongUse(`no event “${asked}”; there is ${list}`);
  if (chosen.length > 1) throw new WrongUse(`samples of several events or files are not added up; choose one with --event, or give one file: ${list}`);
  return chosen[0] ?? null;
}
