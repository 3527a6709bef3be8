/** The list of rows: what groups and sections there are, how they stand, and that summaries say what the rows under them add up to. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {procOwner} from '../../model/states.ts';
import {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {noFilter} from '../filter/shape.ts';
import {lanes} from './build.ts';
import {BOXES_ROOM_PX, LAYER_PX, LaneMark, rowSections, type LaneRow, type LanesAnswer, type LanesQuestion, type RowsChoice} from './shape.ts';

const ROWS: RowsChoice = {sections: rowSections, groupBy: 'startFunction', sort: 'copyNs', text: '', state: 0, reason: null, onlyGrowth: false, open: {}, sizes: {}};
const QUESTION: LanesQuestion = {group: 1, fromNs: 0, toNs: 80, widthPx: 8, topPx: 0, heightPx: 1e6, rows: ROWS, find: null, event: null, range: null, filter: noFilter};
const ask = (traces: readonly Trace[], rows: Partial<RowsChoice> = {}, question: Partial<LanesQuestion> = {}): LanesAnswer => lanes.answer(sessionOf(traces), {...QUESTION, ...question, rows: {...ROWS, ...rows}})!;

/** The rows as lines: indented by level, `+` closed, `-` open. */
function listed({rows}: LanesAnswer): string[] {
  return rows.map(({kind, level, isOpen, id, name}) => `${'  '.repeat(level - 1)}${isOpen === null ? '' : isOpen ? '- ' : '+ '}${kind}${id < 0 ? '' : ` ${id}`}${name === null ? '' : ` ${name}`}`);
}

const work = goTraceFromText(`
               0ns             20ns            40ns            60ns    80ns
  G1 main.main run M7          wait            run M7
  G2 main.work                 ready by G1     run M8          end
  G3 main.work                 ready by G1     wait
  G4 main.work                                 ready by G1     wait
  G5 main.work                                 ready by G1     run M9
  G6 main.help ready                           wait
  G7 main.help ready
`, {changes: '45ns+9ns G2 2K→4K\n50ns+4ns G5 2K→4K\n55ns+5ns G5 4K→8K\n62ns G1 8K→4K', gc: '10ns..20ns'});

// G3 waits for a reason, whichever it is.
work.states.reason[work.goroutines.firstState[2] + 1] = work.strings.length - 1;

test('goroutines of one start function stand under one row, closed when they are many; one alone stands for itself', () => {
  expect(listed(ask([work], {sections: ['gc', 'goroutines']}))).toEqual(['gc', '+ group main.work', '- group main.help', '  goroutine 6 main.help', '  goroutine 7 main.help', 'goroutine 1 main.main']);
});

test('a row is open or closed as was chosen by hand, or for all groups', () => {
  const kinds = (open: RowsChoice['open']) => ask([work], {sections: ['goroutines'], open}).rows.map(({level}) => level).join('');
  expect(kinds({'group 1 main.work': true})).toBe('12222' + '122' + '1');
  expect(kinds({'group 1 main.help': false})).toBe('111');
  expect(kinds({'': false})).toBe('111');
  expect(kinds({'': true, 'group 1 main.work': false})).toBe('1' + '122' + '1');
});

test('the only group is open however many it holds', () => {
  expect(listed(ask([work], {sections: ['goroutines']}, {filter: {...noFilter, startFunction: 'main.work'}}))[0]).toBe('- group main.work');
});

test('goroutines can be grouped by the function that created them, or not at all', () => {
  const trace = goTraceFromText(`
                 0ns     20ns                                     80ns
    G1 main.main run M7
    G2 main.a            ready {main.main;main.spawn} by G1
    G3 main.b            ready {main.main;main.spawn} by G1
    G4 main.b            ready by G1
  `);
  expect(listed(ask([trace], {sections: ['goroutines'], groupBy: 'creator'}))).toEqual(['- group main.spawn', '  goroutine 2 main.a', '  goroutine 3 main.b', 'goroutine 1 main.main', 'goroutine 4 main.b']);
  expect(listed(ask([trace], {sections: ['goroutines'], groupBy: 'none'}))).toEqual(['goroutine 1 main.main', 'goroutine 2 main.a', 'goroutine 3 main.b', 'goroutine 4 main.b']);
});

test('lanes and groups stand in the order asked for', () => {
  const order = (sort: RowsChoice['sort'], event: LanesQuestion['event'] = null) =>
    ask([work, traceFromText('5ns 6ns 65ns', {tid: [7, 7, 9]})], {sections: ['goroutines'], sort, open: {'': true}}, {event}).rows.map(({kind, id}) => (kind === 'group' ? '|' : id)).join(' ');
  expect(order('copyNs')).toBe('| 5 2 3 4 | 6 7 1');
  expect(order('growths')).toBe('| 5 2 3 4 | 6 7 1');
  expect(order('largestBytes')).toBe('| 5 2 3 4 1 | 6 7');
  expect(order('samples', {source: 2, event: 0})).toBe('1 | 5 2 3 4 | 6 7');
  expect(order('startNs')).toBe('| 6 7 1 | 2 3 5 4');
  expect(order('name')).toBe('| 6 7 1 | 5 2 3 4');
});

test('goroutines are narrowed by text or number, by a state or a reason that they had in the range, and by growth', () => {
  const reason = ask([work]).reasons[0];
  const shown = (rows: Partial<RowsChoice>, range: LanesQuestion['range'] = null) => ask([work], {sections: ['goroutines'], groupBy: 'none', ...rows}, {range}).rows.map(({id}) => id).join(' ');
  expect(shown({text: 'HELP'})).toBe('6 7');
  expect(shown({text: 'G3'})).toBe('3');
  expect(shown({text: ' 3 '})).toBe('3');
  expect(shown({state: State.Running})).toBe('5 2 1');
  expect(shown({state: State.Running}, {fromNs: 0, toNs: 39})).toBe('1');
  expect(shown({state: State.Waiting}, {fromNs: 70, toNs: 80})).toBe('3 4 6');
  expect(shown({reason})).toBe('3');
  expect(shown({reason, state: State.Running})).toBe('');
  expect(shown({onlyGrowth: true})).toBe('5 2 1');
  expect(ask([work], {groupBy: 'none', onlyGrowth: true})).toMatchObject({goroutines: 3, allGoroutines: 7});
});

test('only what the open files tell of is offered, and only what is chosen is listed', () => {
  expect(ask([work]).offered).toEqual(['counters', 'gc', 'goroutines', 'threads']);
  expect(ask([traceFromText('1ns')], {}, {event: {source: 1, event: 0}}).offered).toEqual(['threads']);
  expect(ask([work], {sections: ['gc']}).rows.map(({kind}) => kind)).toEqual(['gc']);
});

test('heights are chosen for a group with all in it, or for all groups', () => {
  const heights = (sizes: RowsChoice['sizes']) => ask([work], {sections: ['goroutines'], sizes}).rows.map(({heightPx}) => heightPx);
  expect(heights({})).toEqual([34, 34, 30, 30, 30]);
  expect(heights({'group 1 main.help': 'tall'})).toEqual([34, 76, 64, 64, 30]);
  expect(heights({'': 'compact', 'group 1 main.help': 'normal'})).toEqual([22, 34, 30, 30, 16]);
});

test('rows stand one below the other, and each says where its parent is and where it stands among its like', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.boolean(), (trace, perf, isOpen) => {
    const {rows, totalPx, rowCount} = ask([trace, perf], {open: {'': isOpen, 'section threads': isOpen}});
    expect(rows).toHaveLength(rowCount);
    expect(new Set(rows.map(({key}) => key)).size).toBe(rowCount);
    rows.forEach((row, i) => {
      expect(row.topPx).toBe(i === 0 ? 0 : rows[i - 1].topPx + rows[i - 1].heightPx);
      const parent = rows.slice(0, i).findLast(({level}) => level < row.level) ?? null;
      expect(row.parent).toEqual(parent && {index: rows.indexOf(parent), topPx: parent.topPx});
      const like = rows.filter((other) => other.level === row.level && (other.parent?.index ?? -1) === (row.parent?.index ?? -1));
      expect([row.position, row.siblings]).toEqual([like.indexOf(row) + 1, like.length]);
    });
    expect(totalPx).toBe(rows.reduce((sum, {heightPx}) => sum + heightPx, 0));
  }));
});

test('a row that is looked for says where it stands, in view or not; one that is closed away or gone says nothing', () => {
  const all = ask([work], {open: {'': true}});
  for (const [index, {key, topPx, heightPx}] of all.rows.entries()) expect(ask([work], {open: {'': true}}, {find: key, heightPx: 1}).found).toEqual({key, index, topPx, heightPx});
  const lane = all.rows.find(({id}) => id === 5)!;
  expect(ask([work], {open: {'': false}}, {find: lane.key}).found).toBeNull();
  expect(ask([work], {onlyGrowth: true, open: {'': true}}, {find: all.rows.find(({id}) => id === 3)!.key}).found).toBeNull();
});

test('groups part the goroutines: each is in one, and the figures of groups are the sums of their lanes', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, fc.constantFrom('startFunction', 'creator'), (trace, perf, groupBy) => {
    const event = perf.samples.length > 0 ? {source: 2, event: 0} : null;
    const rows = {sections: ['goroutines'], open: {'': true}} as const;
    const grouped = ask([trace, perf], {...rows, groupBy}, {event});
    const plain = ask([trace, perf], {...rows, groupBy: 'none'}, {event}).rows;
    const lanesOf = grouped.rows.filter(({kind}) => kind === 'goroutine');
    expect(lanesOf).toHaveLength(plain.length);
    expect(new Set(lanesOf.map(({row}) => row))).toEqual(new Set(plain.map(({row}) => row)));
    grouped.rows.forEach((group, index) => {
      if (group.kind !== 'group') return;
      const own = grouped.rows.filter(({parent}) => parent?.index === index);
      const sum = (of: (lane: LaneRow) => number) => own.reduce((all, lane) => all + of(lane), 0);
      expect(group.goroutines).toBe(own.length);
      for (const figure of ['growths', 'shrinks', 'copyNs', 'samples'] as const) expect(group[figure]).toBe(sum((lane) => lane[figure]));
      const sizes = own.map(({largestBytes}) => largestBytes).filter((size) => !Number.isNaN(size));
      expect(group.largestBytes).toBe(sizes.length === 0 ? Number.NaN : Math.max(...sizes));
    });
  }));
});

test('a group shows the largest sum of its stacks, the largest of them, and the most goroutines alive within each pixel', () => {
  fc.assert(fc.property(arbitraryGoTrace, fc.integer({min: 1, max: 40}), (trace, pixelNs) => {
    const widthPx = 12;
    const answer = ask([trace], {sections: ['goroutines'], open: {'': true}}, {toNs: pixelNs * widthPx, widthPx});
    answer.rows.forEach((group, index) => {
      if (group.kind !== 'group') return;
      const own = answer.rows.filter(({parent}) => parent?.index === index).map(({row}) => row);
      for (let pixel = 0; pixel < widthPx; pixel++) {
        const moments = Array.from({length: pixelNs}, (_, i) => pixel * pixelNs + i).filter((timeNs) => timeNs <= trace.endNs);
        const at = (plane: number) => answer.values[(group.valuesAt + plane) * widthPx + pixel];
        const largest = (of: (timeNs: number) => number) => moments.reduce((most, timeNs) => Math.max(most, of(timeNs)), 0);
        expect(at(0) || 0).toBe(largest((timeNs) => own.reduce((sum, g) => sum + sizeAt(trace, g, timeNs), 0)));
        expect(at(1) || 0).toBe(largest((timeNs) => own.filter((g) => isAlive(trace, g, timeNs)).length));
        expect(answer.size[index * widthPx + pixel]).toBe(Math.log2(Math.max(1, largest((timeNs) => Math.max(0, ...own.map((g) => sizeAt(trace, g, timeNs)))))));
      }
      const marked = answer.marks.subarray(index * widthPx, (index + 1) * widthPx).reduce((all, bits) => all | bits, 0);
      if (group.growths === 0) expect(marked & LaneMark.Growth).toBe(0);
    });
  }), {numRuns: 60});
});

const endOf = ({goroutines, endNs}: Trace, g: number) => (Number.isNaN(goroutines.endNs[g]) ? endNs : goroutines.endNs[g]);

function isAlive(trace: Trace, g: number, timeNs: number): boolean {
  const {startNs} = trace.goroutines;
  return timeNs >= (Number.isNaN(startNs[g]) ? trace.startNs : startNs[g]) && timeNs < endOf(trace, g);
}

/** The size during the nanosecond that begins at a time; 0 not known. */
function sizeAt(trace: Trace, g: number, timeNs: number): number {
  const {stackChanges: changes} = trace;
  const own = [...changes.goroutine.keys()].filter((i) => changes.goroutine[i] === g);
  if (own.length === 0 || !isAlive(trace, g, timeNs)) return 0;
  const last = own.findLast((i) => changes.timeNs[i] <= timeNs);
  return last === undefined ? changes.oldBytes[own[0]] : changes.newBytes[last];
}

test('goroutines by state add up, pixel by pixel, to the share of the pixel that each state takes of each goroutine', () => {
  fc.assert(fc.property(arbitraryGoTrace, fc.integer({min: 1, max: 40}), (trace, pixelNs) => {
    const widthPx = 12;
    const answer = ask([trace], {sections: ['counters'], open: {'section counters': true}}, {toNs: pixelNs * widthPx, widthPx});
    const row = answer.rows.find(({counter}) => counter === 'goroutines')!;
    for (const [series, state] of [State.Running, State.Syscall, State.Runnable, State.Waiting].entries()) {
      for (let pixel = 0; (pixel + 1) * pixelNs <= trace.endNs && pixel < widthPx; pixel++) {
        let ns = 0;
        for (let timeNs = pixel * pixelNs; timeNs < (pixel + 1) * pixelNs; timeNs++) for (let g = 0; g < trace.goroutines.length; g++) ns += Number(stateAt(trace, g, timeNs) === state);
        expect(answer.values[(row.valuesAt + series) * widthPx + pixel]).toBeCloseTo(ns / pixelNs, 4);
      }
    }
  }), {numRuns: 60});
});

function stateAt(trace: Trace, g: number, timeNs: number): number {
  const {goroutines, states} = trace;
  if (timeNs >= endOf(trace, g)) return 0;
  let state = 0;
  for (let i = goroutines.firstState[g]; i < goroutines.firstState[g] + goroutines.stateCount[g]; i++) if (states.startNs[i] <= timeNs) state = states.state[i];
  return state;
}

const BESIDE = {spans: `
  0ns..60ns   task #4 G1 request
  10ns..50ns  region #4 G1 parse
  20ns..30ns  region #4 G1 read
  25ns..45ns  region #4 G2 write
  70ns..      region G1 end
  12ns        log G1 warn: slow
  13ns        log G1 warn: slower
  66ns        log G2 info: done`};
const spanned = goTraceFromText('     0ns     80ns\nG1   run M7\nG2   run M8', BESIDE);

/** The boxes of a row as `layer from–to name`. */
function boxesOf({boxes, rows}: LanesAnswer, kind: LaneRow['kind'], id = 0): string[] {
  return [...boxes.row.keys()].filter((i) => rows[boxes.row[i]].kind === kind && (id === 0 || rows[boxes.row[i]].id === id)).map((i) => `${boxes.layer[i]} ${boxes.fromNs[i]}–${boxes.toNs[i]} ${boxes.names[boxes.name[i]] ?? '…'}`);
}

test('a task has its own row with its regions below it, a goroutine its regions nested, each as long as it lasted', () => {
  const answer = ask([spanned], {open: {'goroutine 1 0': true}}, {widthPx: 80});
  expect(listed(answer).filter((line) => /task|regions|log/.test(line))).toEqual(['    regions 1', '- section tasks', '  task 4 request', 'log']);
  expect(boxesOf(answer, 'task')).toEqual(['0 0–60 request', '1 10–50 parse', '2 20–30 read', '3 25–45 write']);
  expect(boxesOf(answer, 'regions')).toEqual(['0 10–50 parse', '0 70–80 end', '1 20–30 read']);
});

test('messages have a mark each, and their text where there is room before the next', () => {
  const answer = ask([spanned], {sections: ['logs']}, {widthPx: 80});
  expect(answer.marks.reduce((sum, bits) => sum + Number((bits & LaneMark.Instant) !== 0), 0)).toBe(3);
  expect(boxesOf(answer, 'log')).toEqual(['0 13–66 warn: slower', '0 66–80 info: done']);
});

const stretch = fc.record({from: fc.nat({max: 70}), length: fc.nat({max: 30}), goroutine: fc.integer({min: 1, max: 2})});

/** As many layers of boxes as its height has room for; a proc has one. */
const layersOf = ({kind, heightPx}: LaneRow) => (kind === 'proc' ? 1 : kind === 'regions' || kind === 'task' ? (heightPx - BOXES_ROOM_PX) / LAYER_PX : 0);

test('boxes of one row and layer never overlap, and each region is in one box, from near and from afar', () => {
  fc.assert(fc.property(fc.array(stretch, {maxLength: 25}), fc.integer({min: 1, max: 90}), (stretches, widthPx) => {
    const sorted = [...stretches].sort((a, b) => a.from - b.from);
    const spans = ['0ns..80ns task #4 G1 t', ...sorted.map(({from, length, goroutine}) => `${from}ns..${from + length}ns region #4 G${goroutine} r${from}`)].join('\n');
    const trace = goTraceFromText('     0ns     101ns\nG1   run M7\nG2   run M8', {spans});
    const {boxes, rows} = ask([trace], {open: {'goroutine 1 0': true, 'goroutine 1 1': true}}, {toNs: 101, widthPx});
    const last = new Map<string, number>();
    for (let i = 0; i < boxes.length; i++) {
      const place = `${boxes.row[i]} ${boxes.layer[i]}`;
      expect(boxes.fromNs[i]).toBeGreaterThanOrEqual(last.get(place) ?? -1);
      last.set(place, boxes.toNs[i]);
      expect(boxes.layer[i]).toBeLessThan(layersOf(rows[boxes.row[i]]));
    }
    const regionRows = [...boxes.row.keys()].filter((i) => rows[boxes.row[i]].kind === 'regions');
    for (const {from, length, goroutine} of stretches) expect(regionRows.some((i) => rows[boxes.row[i]].id === goroutine && boxes.fromNs[i] <= from && boxes.toNs[i] >= from + length)).toBe(true);
    if (widthPx > 1) expect(boxes.length).toBeLessThanOrEqual(rows.reduce((sum, row) => sum + layersOf(row) * (widthPx + 1), 0));
  }));
});

/** One proc that runs G1 from 10 to 60 ns, and counters. */
function procTrace(): Trace {
  const build = new TraceBuilder('go-trace');
  build.clock = {known: 'stated', name: 'monotonic'};
  const goroutine = build.goroutines.add();
  const proc = build.procs.add();
  build.procs.rows.id[proc] = 3;
  Object.entries({id: 1, startFunction: build.string('main.main'), creator: -1, creatorStack: -1, startNs: Number.NaN, endNs: Number.NaN}).forEach(([column, value]) => {
    build.goroutines.rows[column as 'id'][goroutine] = value;
  });
  const state = (owner: number, startNs: number, of: State) => {
    const row = build.states.add();
    const {rows} = build.states;
    rows.owner[row] = owner;
    rows.startNs[row] = startNs;
    rows.state[row] = of;
    rows.proc[row] = owner >= 0 && of === State.Running ? proc : -1;
    rows.thread[row] = rows.reason[row] = rows.stack[row] = rows.by[row] = -1;
  };
  state(procOwner(proc), 0, State.Idle);
  state(goroutine, 0, State.Runnable);
  state(procOwner(proc), 10, State.Running);
  state(goroutine, 10, State.Running);
  state(goroutine, 60, State.Waiting);
  state(procOwner(proc), 60, State.Idle);
  for (const [timeNs, value, name] of [[5, 1000, '/memory/classes/heap/objects:bytes'], [6, 4000, '/gc/heap/goal:bytes'], [31, 3000, '/memory/classes/heap/objects:bytes'], [32, 2000, '/memory/classes/heap/objects:bytes']] as const) {
    const row = build.counters.add();
    build.counters.rows.timeNs[row] = timeNs;
    build.counters.rows.value[row] = value;
    build.counters.rows.name[row] = build.string(name);
  }
  build.saw(0);
  build.saw(80);
  return build.finish();
}

test('a proc shows when it ran and names the goroutine that it ran, where there is room', () => {
  const answer = ask([procTrace()], {sections: ['procs']}, {widthPx: 80});
  expect(listed(answer)).toEqual(['- section procs', '  proc 3']);
  expect([...answer.state.subarray(80, 160)].map((state) => (state === State.Running ? 'R' : '.')).join('')).toBe('.'.repeat(10) + 'R'.repeat(50) + '.'.repeat(20));
  expect(boxesOf(answer, 'proc')).toEqual(['0 10–60 G1 main.main']);
  expect(boxesOf(ask([procTrace()], {sections: ['procs']}), 'proc')).toEqual([]);
  expect([...answer.values.subarray(0, 80)].map((running) => (running === 1 ? 'R' : '.')).join('')).toBe('.'.repeat(10) + 'R'.repeat(50) + '.'.repeat(20));
});

test('a counter has the value of its last change, within a pixel the largest, and before the first none', () => {
  const answer = ask([procTrace()], {sections: ['counters'], open: {'section counters': true}});
  const heap = answer.rows.find(({counter}) => counter === 'heap')!;
  const plane = (series: number) => [...answer.values.subarray((heap.valuesAt + series) * 8, (heap.valuesAt + series + 1) * 8)];
  expect(plane(0)).toEqual([1000, 1000, 1000, 3000, 2000, 2000, 2000, 2000]);
  expect(plane(1)).toEqual(Array.from({length: 8}, () => 4000));
  expect(heap.mostValue).toBe(4000);
  expect(ask([procTrace()], {sections: ['counters']}).rows).toMatchObject([{kind: 'section', counter: 'heap', isOpen: false}]);
});

test('threads of several processes stand under their processes, by samples; events that are not the one shown have a row each', () => {
  const build = new TraceBuilder('drawn');
  build.clock = {known: 'stated', name: 'monotonic'};
  for (const [timeNs, pid, tid, event] of [[5, 100, 100, 'cpu-clock'], [15, 200, 201, 'cpu-clock'], [25, 200, 202, 'cpu-clock'], [35, 200, 202, 'sched:sched_switch'], [80, 100, 100, 'page-faults']] as const) {
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = timeNs;
    rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(pid, tid);
    rows.comm[row] = rows.cpu[row] = rows.stack[row] = -1;
    rows.event[row] = build.event(build.string(event));
    build.saw(timeNs);
  }
  const trace = build.finish();
  const answer = ask([trace], {}, {event: {source: 1, event: 0}, toNs: 80});
  expect(listed(answer)).toEqual(['- process 200', '  thread 201', '  thread 202', '- process 100', '  thread 100', '- section events', '  event sched:sched_switch', '  event page-faults']);
  expect([...answer.values.subarray(0, 8)]).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
  const at = answer.rows.findIndex(({name}) => name === 'sched:sched_switch');
  expect([...answer.marks.subarray(at * 8, at * 8 + 8)]).toEqual([0, 0, 0, LaneMark.Sample, 0, 0, 0, 0]);
  expect(ask([trace], {}, {event: {source: 1, event: 0}, filter: {...noFilter, process: 100}}).rows.filter(({kind}) => kind === 'thread').map(({id}) => id)).toEqual([100]);
});
