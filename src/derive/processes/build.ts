/** Samples of an event -> who they are of. Cost: linear in the samples at first, then by range in threads. */
import {lowerBound} from '../../base/columns/search.ts';
import {text, type Trace} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {noFilter} from '../filter/shape.ts';
import {samplesWithin, type EventSamples} from '../rows/shape.ts';
import {everybody, keyOf, type ProcessesAnswer, type ProcessesQuestion, type ProcessRow, type Whose} from './shape.ts';

/** Samples of one thread under one name. */
interface Part {
  readonly thread: number;
  readonly tid: number;
  /** null: not recorded. */
  readonly pid: number | null;
  readonly comm: string;
  readonly samples: number;
  readonly weight: number;
}

/** Parts that stand under one row. */
interface Node {
  readonly whose: Whose;
  readonly name: string;
  readonly samples: number;
  readonly weight: number;
  readonly children: readonly Node[];
}

export const processes = defineDerivation({
  id: 'processes',
  answer(session, question: ProcessesQuestion): ProcessesAnswer | null {
    const source = session.source(question.source);
    if (!source) return null;
    const {parts, samples, weight} = summed(session, source, question);
    const top = tops(source.trace, parts);
    const ofTrace = session.traceProcess(source);
    const {chosen} = question;
    const ofChosen = parts.filter((part) => passes(part, chosen));
    const rows = listed(top, question, ofTrace);
    return {
      samples,
      weight,
      processes: top.length,
      threads: new Set(parts.map(({thread}) => thread)).size,
      hasPids: parts.some(({pid}) => pid !== null),
      chosen: {samples: sum(ofChosen, 'samples'), weight: sum(ofChosen, 'weight'), name: chosen.comm ?? nameOf(source.trace, ofChosen, chosen.process)},
      listed: rows.length,
      rows: rows.slice(question.first, question.first + question.count),
    };
  },
});

/** The samples of one thread under one name: places among all of the event, upwards, and the sums before each. */
interface Run {
  readonly part: Omit<Part, 'samples' | 'weight'>;
  readonly places: Int32Array;
  readonly countBefore: Float64Array;
  readonly weightBefore: Float64Array;
}

const runsOfSamples = new WeakMap<EventSamples, readonly Run[]>();

/** Sums in the range, in the order in which the parts are first met there. Found by halves in what no range changes. */
function summed(session: Session, source: SessionSource, {event, weight: by, range}: ProcessesQuestion): {parts: Part[]; samples: number; weight: number} {
  const of = session.eventSamples(source, event, by, noFilter);
  let runs = runsOfSamples.get(of);
  if (!runs) runsOfSamples.set(of, (runs = runsByPart(source.trace, of)));
  const all = samplesWithin(of, range);
  const met = runs.flatMap(({part, places, countBefore, weightBefore}) => {
    const first = lowerBound(places, all.first);
    const end = lowerBound(places, all.end);
    if (first === end) return [];
    return [{at: places[first], part: {...part, samples: countBefore[end] - countBefore[first], weight: weightBefore[end] - weightBefore[first]}}];
  });
  return {parts: met.sort((a, b) => a.at - b.at).map(({part}) => part), samples: all.count, weight: all.weight};
}

function runsByPart(trace: Trace, of: EventSamples): Run[] {
  const {samples, threads, processes: ofProcess} = trace;
  const rowOf = new Map<number, number>();
  const parts: Run['part'][] = [];
  const sizes: number[] = [];
  const partOf = new Int32Array(of.length);
  for (let i = 0; i < of.length; i++) {
    const thread = samples.thread[of.row[i]];
    const comm = samples.comm[of.row[i]];
    if (thread < 0) {
      partOf[i] = -1;
      continue;
    }
    const key = thread * (trace.strings.length + 1) + comm + 1;
    let row = rowOf.get(key);
    if (row === undefined) {
      const pid = threads.process[thread] < 0 ? -1 : ofProcess.pid[threads.process[thread]];
      rowOf.set(key, (row = parts.push({thread, tid: threads.tid[thread], pid: pid === -1 ? null : pid, comm: text(trace, comm) ?? ''}) - 1));
      sizes.push(0);
    }
    partOf[i] = row;
    sizes[row]++;
  }
  const runs = parts.map((part, row): Run => ({part, places: new Int32Array(sizes[row]), countBefore: new Float64Array(sizes[row] + 1), weightBefore: new Float64Array(sizes[row] + 1)}));
  const next = new Int32Array(parts.length);
  for (let i = 0; i < of.length; i++) {
    if (partOf[i] < 0) continue;
    const {places, countBefore, weightBefore} = runs[partOf[i]];
    const at = next[partOf[i]]++;
    places[at] = i;
    countBefore[at + 1] = countBefore[at] + (of.count ? of.count[i] : 1);
    weightBefore[at + 1] = weightBefore[at] + of.weight[i];
  }
  return runs;
}

function tops(trace: Trace, parts: readonly Part[]): Node[] {
  return nodes(parts, ({pid, comm}): Whose => (pid === null ? {...everybody, comm} : {...everybody, process: pid}), (whose, own) => ({
    name: whose.comm ?? nameOf(trace, own, whose.process),
    children: nodes(own, ({tid}) => ({...whose, thread: tid}), (ofThread, its) => ({
      name: nameOf(trace, its, null),
      // Under a name there is nothing more to tell apart.
      children: ofThread.comm !== null || its.length < 2 ? [] : nodes(its, ({comm}) => ({...ofThread, comm}), ({comm}) => ({name: comm ?? '', children: []})),
    })),
  }));
}

/** Parts by what narrows to them, heaviest first. */
function nodes(parts: readonly Part[], whoseOf: (part: Part) => Whose, rest: (whose: Whose, own: readonly Part[]) => Pick<Node, 'name' | 'children'>): Node[] {
  const groups = new Map<string, {whose: Whose; own: Part[]}>();
  for (const part of parts) {
    const whose = whoseOf(part);
    const group = groups.get(keyOf(whose));
    if (group) group.own.push(part);
    else groups.set(keyOf(whose), {whose, own: [part]});
  }
  return [...groups.values()].map(({whose, own}) => ({whose, samples: sum(own, 'samples'), weight: sum(own, 'weight'), ...rest(whose, own)})).sort((a, b) => b.weight - a.weight);
}

/** A process goes by its main thread's name, which its file gave it; others by the one that most samples bear. */
function nameOf(trace: Trace, parts: readonly Part[], pid: number | null): string {
  const {processes: all, threads} = trace;
  const row = pid === null ? -1 : all.pid.indexOf(pid);
  const main = row < 0 ? -1 : threads.tid.findIndex((tid, thread) => tid === pid && threads.process[thread] === row);
  return text(trace, main < 0 ? -1 : threads.name[main]) || text(trace, row < 0 ? -1 : all.name[row]) || (parts.toSorted((a, b) => b.weight - a.weight)[0]?.comm ?? '');
}

function listed(top: readonly Node[], {open, search}: ProcessesQuestion, ofTrace: Whose | null): ProcessRow[] {
  const wanted = search.toLowerCase();
  const openKeys = new Set(open);
  const rows: ProcessRow[] = [];
  const matches = ({whose, name}: Node) => name.toLowerCase().includes(wanted) || [whose.process, whose.thread].some((number) => number !== null && String(number).includes(wanted));
  const anyMatches = (node: Node): boolean => matches(node) || node.children.some(anyMatches);
  const list = (node: Node, level: number, isAll: boolean) => {
    if (!isAll && !anyMatches(node)) return;
    const {whose, name, samples, weight, children} = node;
    // A match that lies deeper is shown where it lies.
    const isOpen = children.length > 0 && (openKeys.has(keyOf(whose)) || (!isAll && children.some(anyMatches)));
    rows.push({level: level as ProcessRow['level'], whose, name, samples, weight, parts: children.length, isOpen, isOfTrace: ofTrace !== null && keyOf(ofTrace) === keyOf(whose)});
    if (isOpen) for (const child of children) list(child, level + 1, isAll || (matches(node) && !children.some(anyMatches)));
  };
  for (const node of top) list(node, 0, wanted === '');
  return rows;
}

function passes({pid, tid, comm}: Part, whose: Whose): boolean {
  return (whose.process === null || whose.process === pid) && (whose.thread === null || whose.thread === tid) && (whose.comm === null || whose.comm === comm);
}

function sum(parts: readonly Part[], of: 'samples' | 'weight'): number {
  return parts.reduce((all, part) => all + part[of], 0);
}
