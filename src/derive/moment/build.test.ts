/** What is said of a time in a lane, against drawings and against a reading of the columns one by one. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {SpanKind, State} from '../../model/tables.ts';
import {arbitraryGoTrace} from '../../testing/arbitrary-traces.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {noFilter} from '../filter/shape.ts';
import type {CounterId} from '../lanes/shape.ts';
import {cpuStretches} from '../off-cpu/shape.ts';
import {moment} from './build.ts';
import {nearestEdge, type LanePlace, type MomentQuestion} from './shape.ts';

const trace = goTraceFromText(`
                 0us      10us                      20us     30us                      50us                   55us     70us
  G1 main.main   run M7                                                                wait
  G5 main.work            ready {main.main} by G1   run M8   wait {main.work;main.f}   ready {main.x} by G1   run M8   end
  G6 main.work   wait
`, {changes: '21us+2us G5 2K→4K M8\n25us+1us G5 4K→8K M8\n60us G5 8K→4K\n1us G1 →8K', gc: '28us..35us'});
const perf = traceFromText(`
22us               24us
main.work          main.work
main.f             main.f
runtime.newstack
runtime.copystack
`, {tid: 8});
const open = sessionOf([trace, perf]);
const G5: LanePlace = {kind: 'goroutine', source: 1, goroutine: 1};
const QUESTION: MomentQuestion = {group: 1, place: G5, timeNs: 0, reachNs: 0, event: {source: 2, event: 0}, filter: noFilter};
const at = (timeNs: number, asked: Partial<MomentQuestion> = {}) => moment.answer(open, {...QUESTION, timeNs, ...asked})!;

test('a state lasts from its begin to the next, and says where the goroutine waits', () => {
  expect(at(34_000).state).toMatchObject({state: State.Waiting, fromNs: 30_000, toNs: 50_000, isCut: false, chain: {calls: [{name: 'main.f'}, {name: 'main.work'}]}});
  expect(at(30_000).state).toMatchObject({state: State.Waiting});
  expect(at(29_999).state).toMatchObject({state: State.Running, thread: 8, fromNs: 20_000, toNs: 30_000, chain: null});
});

test('who woke it and how long it then waited to run is told while it waits, is runnable, and runs', () => {
  const wake = {how: 'unblocked', atNs: 50_000, waitedNs: 5000, by: {id: 1, startFunction: 'main.main'}};
  for (const timeNs of [34_000, 52_000, 60_000]) expect(at(timeNs).wake).toMatchObject(wake);
  expect(at(25_000).wake).toMatchObject({how: 'created', atNs: 10_000, waitedNs: 10_000, by: {id: 1}});
});

test('before its birth and after its end a goroutine has no state', () => {
  expect(at(5000)).toMatchObject({life: 'before', state: null, wake: null, stackBytes: Number.NaN});
  expect(at(70_001, {timeNs: 70_001})).toMatchObject({life: 'after', state: null});
  expect(at(40_000).life).toBe('alive');
});

test('a state that began before the recording or goes on after it is cut', () => {
  const place: LanePlace = {kind: 'goroutine', source: 1, goroutine: 2};
  expect(at(34_000, {place}).state).toMatchObject({state: State.Waiting, fromNs: 0, toNs: 70_000, isCut: true});
  expect(at(34_000, {place}).wake).toBeNull();
});

test('the size of the stack is the old one before the first change, and not known where none was recorded', () => {
  expect([15_000, 21_000, 24_999, 25_000, 60_000].map((timeNs) => at(timeNs).stackBytes)).toEqual([2048, 4096, 4096, 8192, 4096]);
  expect(at(34_000, {place: {kind: 'goroutine', source: 1, goroutine: 2}}).stackBytes).toBeNaN();
  expect(at(500, {place: {kind: 'goroutine', source: 1, goroutine: 0}}).stackBytes).toBeNaN();
});

test('a growth within reach comes with its sizes, its copy and the stack of the sample inside it', () => {
  expect(at(22_000).change).toMatchObject({kind: 'growth', timeNs: 21_000, oldBytes: 2048, newBytes: 4096, durationNs: 2000, stackFrom: 'sample', stackDistanceNs: 0, chain: {calls: [{name: 'runtime.copystack'}, {}, {name: 'main.f'}, {}]}});
  expect(at(24_000).change).toBeNull();
  expect(at(24_000, {reachNs: 1000})).toMatchObject({change: {timeNs: 21_000}, changesInReach: 2});
  expect(at(24_100, {reachNs: 1000})).toMatchObject({change: {timeNs: 25_000, stackFrom: 'event'}, changesInReach: 1});
});

test('the sample within reach that shows growth comes before a nearer one that does not', () => {
  expect(at(23_500, {reachNs: 2000})).toMatchObject({sample: {timeNs: 22_000, shows: 'growth', event: 'cpu-clock'}, samplesInReach: 2});
  expect(at(23_500, {reachNs: 600})).toMatchObject({sample: {timeNs: 24_000, shows: null}, samplesInReach: 1});
  expect(at(23_500, {reachNs: 2000, event: null}).sample).toBeNull();
  expect(at(23_500, {reachNs: 2000, filter: {...noFilter, startFunction: 'main.main'}}).samplesInReach).toBe(0);
});

test('a thread tells of the goroutine that runs there, and of samples on it', () => {
  expect(at(24_000, {place: {kind: 'thread', id: 8}})).toMatchObject({goroutine: {id: 5}, state: {state: State.Running, thread: 8}, sample: {timeNs: 24_000}, change: null});
  expect(at(34_000, {place: {kind: 'thread', id: 8}})).toMatchObject({goroutine: null, state: null});
});

test('a garbage collection is told of in every lane, from its begin to its end', () => {
  const spans = (timeNs: number, place: LanePlace) => at(timeNs, {place}).spans.map(({name, fromNs, toNs}) => [name, fromNs, toNs]);
  expect(spans(28_000, G5)).toEqual([['GC', 28_000, 35_000]]);
  expect(spans(35_000, {kind: 'other'})).toEqual([['GC', 28_000, 35_000]]);
  expect(spans(27_999, G5)).toEqual([]);
});

test('a group tells how many of it live and how much stack they hold', () => {
  const group = (timeNs: number, name: string | null = 'main.work') => at(timeNs, {place: {kind: 'group', by: 'startFunction', name}}).inGroup;
  expect(group(26_000)).toEqual({alive: 2, sized: 1, sumBytes: 8192, mostBytes: 8192});
  expect(group(5000)).toEqual({alive: 1, sized: 0, sumBytes: Number.NaN, mostBytes: Number.NaN});
  expect(group(26_000, 'main.main')).toEqual({alive: 1, sized: 1, sumBytes: 8192, mostBytes: 8192});
  expect(at(26_000, {place: {kind: 'group', by: 'creator', name: 'main.main'}}).inGroup).toMatchObject({alive: 1});
});

test('a counter counts goroutines by state, and the bytes of all stacks that are known', () => {
  const values = (timeNs: number, counter: CounterId, filter = noFilter) => at(timeNs, {place: {kind: 'counter', source: 1, counter}, filter}).values.map(({series, value}) => `${series} ${value}`);
  expect(values(26_000, 'goroutines')).toEqual(['running 2', 'syscall 0', 'runnable 0', 'waiting 1']);
  expect(values(52_000, 'goroutines')).toEqual(['running 0', 'syscall 0', 'runnable 1', 'waiting 2']);
  expect(values(26_000, 'stacks')).toEqual([`stacks ${8192 + 8192}`]);
  expect(values(26_000, 'stacks', {...noFilter, startFunction: 'main.main'})).toEqual(['stacks 8192']);
  expect(values(80_000, 'goroutines')).toEqual([]);
});

test('a counter of the runtime shows the value last told; before the first, and where GC is off, none is known', () => {
  const build = new TraceBuilder('go-trace');
  const {rows} = build.goroutines;
  build.goroutines.add();
  rows.id[0] = 1;
  rows.startFunction[0] = rows.creator[0] = rows.creatorStack[0] = -1;
  rows.startNs[0] = rows.endNs[0] = Number.NaN;
  for (const [timeNs, name, value] of [[5, '/memory/classes/heap/objects:bytes', 100], [6, '/gc/heap/goal:bytes', 2 ** 64], [9, '/memory/classes/heap/objects:bytes', 70], [9, '/gc/heap/goal:bytes', 400]] as const) {
    const row = build.counters.add();
    build.counters.rows.timeNs[row] = timeNs;
    build.counters.rows.name[row] = build.string(name);
    build.counters.rows.value[row] = value;
  }
  build.saw(0);
  build.saw(20);
  const session = sessionOf([build.finish()]);
  const values = (timeNs: number) => moment.answer(session, {...QUESTION, event: null, timeNs, place: {kind: 'counter', source: 1, counter: 'heap'}})!.values.map(({value}) => value);
  expect([4, 5, 8, 9, 20].map(values)).toEqual([[Number.NaN, Number.NaN], [100, Number.NaN], [100, Number.NaN], [70, 400], [70, 400]]);
});

test('the row of a task tells which of its regions one is in, the row of the log and the goroutine’s lane what was logged within reach', () => {
  const told = sessionOf([goTraceFromText('             0us      60us\nG1 main.f    run M7   end\nG2 main.g    wait', {
    spans: '5us..40us task #4 G1 request\n6us..12us region #4 G1 read\n7us..9us region G1 other\n15us log G1 warn: slow\n16us log G2 later\n33us log G1 done',
  })]);
  const span = told.source(1)!.trace.spans.kind.indexOf(SpanKind.Task);
  const of = (place: LanePlace, timeNs: number, reachNs = 0) => moment.answer(told, {...QUESTION, event: null, place, timeNs, reachNs})!;
  expect([5500, 8000, 12_001, 41_000].map((timeNs) => of({kind: 'task', source: 1, span}, timeNs).spans.map(({name}) => name))).toEqual([['request'], ['request', 'read'], ['request'], []]);
  expect(of({kind: 'log', source: 1}, 15_400, 700).messages).toEqual([{timeNs: 15_000, text: 'warn: slow'}, {timeNs: 16_000, text: 'later'}]);
  expect(of({kind: 'goroutine', source: 1, goroutine: 0}, 15_400, 700).messages).toEqual([{timeNs: 15_000, text: 'warn: slow'}]);
  expect(of({kind: 'log', source: 1}, 20_000, 700).messages).toEqual([]);
  expect(of({kind: 'other'}, 15_000, 700).messages).toEqual([]);
});

test('a lane that is not there has nothing, and an axis that is not there no answer', () => {
  expect(at(26_000, {place: {kind: 'goroutine', source: 9, goroutine: 0}})).toMatchObject({goroutine: null, state: null, change: null, sample: null});
  expect(moment.answer(open, {...QUESTION, group: 9})).toBeNull();
});

test('a time near an edge goes to it, another stays where it is', () => {
  expect(nearestEdge(at(29_800), 29_800, 300)).toBe(30_000);
  expect(nearestEdge(at(22_900), 22_900, 300)).toBe(23_000);
  expect(nearestEdge(at(40_000), 40_000, 300)).toBe(40_000);
  expect(nearestEdge(at(34_900), 34_900, 300)).toBe(35_000);
});

test('at any time there is the one state that the columns have there, and states of a lane never overlap', () => {
  fc.assert(fc.property(arbitraryGoTrace, fc.array(fc.integer({min: 0, max: 1500}), {minLength: 2, maxLength: 12}), (made, times) => {
    const session = sessionOf([made]);
    const {goroutines, states} = made;
    for (let goroutine = 0; goroutine < goroutines.length; goroutine++) {
      const found = times.map((timeNs) => moment.answer(session, {...QUESTION, event: null, place: {kind: 'goroutine', source: 1, goroutine}, timeNs})!);
      found.forEach(({state, life}, i) => {
        const timeNs = times[i];
        const rows = Array.from({length: goroutines.stateCount[goroutine]}, (_, k) => goroutines.firstState[goroutine] + k);
        const row = rows.findLast((of) => states.startNs[of] <= timeNs);
        expect(state?.state).toBe(life === 'alive' && row !== undefined ? states.state[row] : undefined);
        if (state) expect(timeNs >= state.fromNs && (timeNs < state.toNs || timeNs >= Math.max(state.toNs, Math.min(made.endNs, goroutines.endNs[goroutine] || Infinity)))).toBe(true);
      });
      for (const {state: a} of found) for (const {state: b} of found) if (a && b && a.fromNs !== b.fromNs) expect(a.toNs <= b.fromNs || b.toNs <= a.fromNs).toBe(true);
    }
  }));
});

const switched = (timeNs: number, tid: number, state: string, next: number) =>
  `app ${tid} [000] 0.${String(timeNs).padStart(9, '0')}: sched:sched_switch: prev_comm=app prev_pid=${tid} prev_prio=120 prev_state=${state} ==> next_comm=app next_pid=${next} next_prio=120\n\t          401000 main.wait+0x10 (/app)\n\n`;
const moments = fc.array(fc.record({stepNs: fc.integer({min: 0, max: 400}), tid: fc.constantFrom(7, 8), next: fc.constantFrom(0, 7, 8, 9), state: fc.constantFrom('S', 'D', 'R', 'R+', 'X')}), {minLength: 1, maxLength: 12});

test('of a thread it is told whether it was on the CPU as reading its stretches one by one tells', async () => {
  await fc.assert(fc.asyncProperty(moments, fc.integer({min: 0, max: 5000}), async (records, timeNs) => {
    let clock = 1000;
    const lines = records.map(({stepNs, tid, next, state}) => switched((clock += stepNs), tid, state, next));
    const {trace: scheduled} = await opened(new TextEncoder().encode(lines.join('')));
    const session = sessionOf([scheduled!]);
    const off = session.offCpu(session.openSource(1))!;
    for (const tid of [7, 8]) {
      const thread = scheduled!.threads.tid.indexOf(tid);
      const answer = moment.answer(session, {...QUESTION, event: null, place: {kind: 'thread', id: tid}, timeNs})!;
      if (thread < 0) expect(answer.cpu).toBeNull();
      else {
        const stretches = cpuStretches(off, thread);
        const shiftNs = session.axis.shiftsNs.get(1)!;
        const all = Array.from({length: stretches.length}, (_, i) => stretches.at(i)).map((each) => ({...each, fromNs: each.fromNs + shiftNs, toNs: each.toNs + shiftNs}));
        const holds = all.findLast(({fromNs, toNs, is, isOpen}) => toNs > fromNs && fromNs <= timeNs && (timeNs < toNs || (timeNs === toNs && (isOpen || is === 'on'))));
        if (holds === undefined) expect(answer.cpu).toBeNull();
        else expect(answer.cpu).toMatchObject({is: holds.is, fromNs: holds.fromNs, toNs: holds.toNs, state: holds.state, previous: holds.previous, next: holds.next, chain: holds.is === 'on' ? null : {calls: [{name: 'main.wait'}]}});
      }
    }
  }), {numRuns: 100});
});

test('on the lane of a tracepoint its sample is told with its arguments, as perf prints them, and whose it is', async () => {
  const task = 'app 1200/1200 [000] 5.000400: task:task_newtask: pid=1300 comm=app clone_flags=50f00 oom_score_adj=0\n\n';
  const probe = 'app 1200/1201 [000] 5.000500: p:copystack: (44b9e0) gp=0xc000000100 newsize=4096 delta=-1\n\n';
  const {trace: recorded} = await opened(new TextEncoder().encode(task + probe));
  const session = sessionOf([recorded!]);
  const sampleOf = (event: number, timeNs: number, filter = noFilter) => moment.answer(session, {...QUESTION, event: null, filter, place: {kind: 'event', source: 1, event}, timeNs, reachNs: 10})!.sample;
  expect(sampleOf(0, 0)).toMatchObject({comm: 'app', tid: 1200, arguments: ['pid=1300', 'comm=app', 'clone_flags=50f00', 'oom_score_adj=0']});
  expect(sampleOf(1, 100_000)!.arguments.slice(1)).toEqual(['gp=0xc000000100', 'newsize=4096', 'delta=-1']);
  expect(sampleOf(0, 100_000)).toBeNull();
  expect(sampleOf(7, 0)).toBeNull();
  expect(sampleOf(0, 0, {...noFilter, thread: 1201})).toBeNull();
});
