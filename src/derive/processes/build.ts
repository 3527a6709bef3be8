/** Samples of an event -> who they are of. Cost: linear in the samples. */
import {sampleCount, sampleWeight, text, type Trace} from '../../model/trace.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {everybody, keyOf, type ProcessesAnswer, type ProcessesQuestion, type ProcessRow, type Whose} from './shape.ts';

/** Samples of one thread under one name. */
interface Part {
  readonly thread: number;
  readonly tid: number;
  /** null: not recorded. */
  readonly pid: number | null;
  readonly comm: string;
  samples: number;
  weight: number;
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

function summed(session: Session, {id, trace}: SessionSource, {event, weight: by, range}: ProcessesQuestion): {parts: Part[]; samples: number; weight: number} {
  const {samples, threads, processes: ofProcess} = trace;
  const shiftNs = session.axis.shiftsNs.get(id) ?? 0;
  const from = range ? range.fromNs - shiftNs : -Infinity;
  const to = range ? range.toNs - shiftNs : Infinity;
  const weightOf = by === 'period' ? sampleWeight : sampleCount;
  const byThread = new Map<number, Map<number, Part>>();
  const all = {samples: 0, weight: 0};
  // One thread's samples mostly follow one another.
  let last: Part | undefined;
  let lastComm = -2;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== event) continue;
    if (range && !(samples.timeNs[i] >= from && samples.timeNs[i] <= to)) continue;
    const thread = samples.thread[i];
    const comm = samples.comm[i];
    const count = sampleCount(trace, i);
    const weight = weightOf(trace, i);
    all.samples += count;
    all.weight += weight;
    if (thread < 0) continue;
    if (!last || last.thread !== thread || lastComm !== comm) {
      let ofThread = byThread.get(thread);
      if (!ofThread) byThread.set(thread, (ofThread = new Map()));
      last = ofThread.get(comm);
      const pid = threads.process[thread] < 0 ? -1 : ofProcess.pid[threads.process[thread]];
      if (!last) ofThread.set(comm, (last = {thread, tid: threads.tid[thread], pid: pid === -1 ? null : pid, comm: text(trace, comm) ?? '', samples: 0, weight: 0}));
      lastComm = comm;
    }
    last.samples += count;
    last.weight += weight;
  }
  return {parts: [...byThread.values()].flatMap((ofThread) => [...ofThread.values()]), ...all};
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
