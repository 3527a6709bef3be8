/** Lanes pixel by pixel: what they show is what the trace says of that stretch of time, however it is cut into windows. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {noFilter} from '../filter/shape.ts';
import {StackChangeKind, type State} from '../../model/tables.ts';
import type {Clock, Trace} from '../../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {lanes} from './build.ts';
import {LaneMark, type LaneRow, type LanesAnswer, type LanesQuestion, type RowsChoice} from './shape.ts';

const DEFAULT: Clock = {known: 'default', name: 'perf'};
const ROWS: RowsChoice = {sections: ['goroutines', 'threads'], groupBy: 'none', sort: 'copyNs', text: '', state: 0, reason: null, onlyGrowth: false, open: {}, sizes: {}};
const QUESTION: LanesQuestion = {group: 1, fromNs: 0, toNs: 80, widthPx: 8, topPx: 0, heightPx: 10_000, rows: ROWS, find: null, event: null, range: null, filter: noFilter};
const ask = (traces: readonly Trace[], {rows, ...question}: Omit<Partial<LanesQuestion>, 'rows'> & {readonly rows?: Partial<RowsChoice>} = {}): LanesAnswer =>
  lanes.answer(sessionOf(traces), {...QUESTION, ...question, rows: {...ROWS, ...rows}})!;

/** Goroutines and threads, without what heads them. */
const lanesOf = ({rows}: LanesAnswer): LaneRow[] => rows.filter(({kind}) => kind === 'goroutine' || kind === 'thread');
const nameOf = ({kind, id}: LaneRow) => `${kind === 'goroutine' ? 'G' : 'M'}${id}`;
/** The lanes by name: `G1`, `M7`. */
const names = (answer: LanesAnswer) => lanesOf(answer).map(nameOf);

/** A plane of one lane. */
function row(answer: LanesAnswer, lane: string, plane: 'state' | 'size' | 'marks'): Uint8Array {
  const at = answer.rows.findIndex((one) => (one.kind === 'goroutine' || one.kind === 'thread') && nameOf(one) === lane);
  if (at < 0) throw new Error(`no lane ${lane}`);
  return answer[plane].subarray(at * answer.widthPx, (at + 1) * answer.widthPx);
}

const LETTER = ['.', 'r', 'R', 'S', 'w', 'i'];
/** A letter a pixel: R running, r runnable, S in a system call, w waiting, `.` nothing. */
const stateText = (answer: LanesAnswer, lane: string) => Array.from(row(answer, lane, 'state'), (state) => LETTER[state]).join('');
/** A number a pixel: log2 of the size. */
const sizeText = (answer: LanesAnswer, lane: string) => [...row(answer, lane, 'size')].join(' ');

test('a pixel shows the state that it lies in, from the goroutine’s birth to its end', () => {
  const trace = goTraceFromText(`
         0ns     10ns    20ns    40ns    50ns    70ns  80ns
    G1   run M7          wait    ready   run M7
    G2           ready   sys M8                  end
  `);
  const answer = ask([trace]);
  expect(stateText(answer, 'G1')).toBe('RRwwrRRR');
  expect(stateText(answer, 'G2')).toBe('.rSSSSS.');
  expect(stateText(answer, 'M7')).toBe('RR...RRR');
  expect(stateText(answer, 'M8')).toBe('..RRRRR.');
});

test('a pixel with several states shows the one that takes most of it, in however many pieces', () => {
  const trace = goTraceFromText(`
         0ns     3ns   7ns     10ns  19ns    20ns
    G1   run M7  wait  run M7  wait  run M7
  `);
  expect(stateText(ask([trace], {toNs: 20, widthPx: 2}), 'G1')).toBe('Rw');
});

test('a stack has the size of its last change; before the first it had the size that change began with', () => {
  const changes = '30ns+1ns G1 4K→8K\n50ns+1ns G1 8K→2K\n20ns G2 →2K\n40ns+1ns G2 2K→64K\n60ns G2 64K→';
  const trace = goTraceFromText(`
         0ns     20ns    60ns  80ns
    G1   wait
    G2           wait    end
  `, {changes});
  const answer = ask([trace]);
  expect(sizeText(answer, 'G1')).toBe('12 12 12 13 13 11 11 11');
  expect(sizeText(answer, 'G2')).toBe('0 0 11 11 16 16 0 0');
});

test('a pixel shows the largest size within it, however short that lasted', () => {
  const trace = goTraceFromText('     0ns     80ns\nG1   run M7', {changes: '11ns G1 2K→32K\n12ns G1 32K→4K'});
  expect(sizeText(ask([trace]), 'G1')).toBe('11 15 12 12 12 12 12 12');
});

test('a change before the window shows in it what came of it, and nothing of what was before', () => {
  const trace = goTraceFromText(`
         0ns     20ns    80ns
    G1   run M7
    G2   run M8  end
  `, {changes: '10ns G1 8K→2K\n5ns G2 2K→64K\n20ns G2 64K→'});
  const answer = ask([trace], {fromNs: 40});
  expect(sizeText(answer, 'G1')).toBe('11 11 11 11 11 11 11 11');
  expect(sizeText(answer, 'G2')).toBe('0 0 0 0 0 0 0 0');
});

test('without sizes a lane has none', () => {
  expect(sizeText(ask([goTraceFromText('     0ns     80ns\nG1   run M7')]), 'G1')).toBe('0 0 0 0 0 0 0 0');
});

test('marks say what happened within the pixel: changes on the goroutine, samples on goroutine and thread', () => {
  const trace = goTraceFromText('     0ns     80ns\nG1   run M7', {changes: '15ns+1ns G1 2K→4K\n25ns G1 4K→2K\n29ns+1ns G1 2K→4K'});
  const perf = traceFromText(`
    5ns  35ns               45ns                 55ns
    f    runtime.morestack  runtime.morestack    runtime.morestack
         runtime.newstack   runtime.newstack     runtime.newstack
                            runtime.gopreempt_m  runtime.throw
  `, {tid: 7});
  const answer = ask([trace, perf], {event: {source: 2, event: 0}});
  const {Growth, Shrink, Sample, GrowthSample, Preemption, Overflow} = LaneMark;
  const ofSamples = [Sample, 0, 0, Sample | GrowthSample, Sample | Preemption, Sample | Overflow, 0, 0];
  expect([...row(answer, 'M7', 'marks')]).toEqual(ofSamples);
  expect([...row(answer, 'G1', 'marks')]).toEqual(ofSamples.map((marks, i) => marks | [0, Growth, Growth | Shrink, 0, 0, 0, 0, 0][i]));
});

test('goroutines stand by copy time, growths and samples, then threads by samples', () => {
  const trace = goTraceFromText(`
         0ns     40ns    80ns
    G1   wait
    G2   run M7
    G3   run M8  run M9
    G4   wait
    G5   wait
  `, {changes: '10ns+9ns G4 2K→4K\n20ns+4ns G5 2K→4K\n30ns+5ns G5 4K→8K\n60ns+1ns G1 2K→4K'});
  const perf = traceFromText('10ns 10ns 20ns 50ns', {tid: [7, 8, 8, 9]});
  const answer = ask([trace, perf], {event: {source: 2, event: 0}});
  expect(names(answer)).toEqual(['G5', 'G4', 'G1', 'G3', 'G2', 'M8', 'M7', 'M9']);
  expect([answer.goroutines, answer.allGoroutines]).toEqual([5, 5]);
  expect(lanesOf(answer).map(({growths, copyNs, samples}) => [growths, copyNs, samples])).toEqual(
    [[2, 9, 0], [1, 9, 0], [1, 1, 0], [0, 0, 3], [0, 0, 1], [Number.NaN, Number.NaN, 2], [Number.NaN, Number.NaN, 1], [Number.NaN, Number.NaN, 1]],
  );
});

test('a range leaves out the goroutines that did not live in it, and figures are of the range', () => {
  const trace = goTraceFromText(`
         0ns     20ns    40ns    80ns
    G1   run M7  end
    G2           run M7
    G3                   run M8
  `, {changes: '25ns+1ns G2 2K→4K\n50ns+2ns G2 4K→8K'});
  const perf = traceFromText('10ns 30ns 60ns', {tid: 7});
  const answer = ask([trace, perf], {event: {source: 2, event: 0}, range: {fromNs: 21, toNs: 39}});
  expect(names(answer)).toEqual(['G2', 'M7', 'M8']);
  expect(lanesOf(answer)[0]).toMatchObject({growths: 1, copyNs: 1, largestBytes: 4096, samples: 1});
  expect(lanesOf(answer)[1].samples).toBe(1);
  expect(ask([trace, perf], {event: {source: 2, event: 0}, range: {fromNs: 25, toNs: 50}}).rows[0]).toMatchObject({growths: 2, samples: 1});
  expect(ask([trace], {range: {fromNs: 26, toNs: 49}}).rows[0].growths).toBe(0);
  expect(names(ask([trace], {range: {fromNs: 40, toNs: 45}}))).toEqual(['G2', 'G3', 'M7', 'M8']);
});

test('lanes can be of goroutines with changes only, or of one start function without threads', () => {
  const trace = goTraceFromText(`
                0ns     80ns
    G1 main.a   run M7
    G2 main.b   run M8
    G3 main.b   wait
  `, {changes: '25ns+1ns G2 2K→4K\n30ns G1 →2K'});
  expect(names(ask([trace], {rows: {onlyGrowth: true}}))).toEqual(['G2', 'M7', 'M8']);
  expect(names(ask([trace], {filter: {...noFilter, startFunction: 'main.b'}}))).toEqual(['G2', 'G3']);
  expect(names(ask([trace], {filter: {...noFilter, startFunction: 'main.b'}, rows: {onlyGrowth: true}}))).toEqual(['G2']);
});

test('threads of two sources with one number are one lane, and a thread without a number is none', () => {
  const trace = goTraceFromText('     0ns     80ns\nG1   run M7');
  const perf = traceFromText('10ns 20ns 30ns', {tid: [7, 8, -1]});
  const answer = ask([trace, perf], {event: {source: 2, event: 0}});
  expect(names(answer)).toEqual(['G1', 'M7', 'M8']);
  expect(stateText(answer, 'M7')).toBe('RRRRRRRR');
  expect([...row(answer, 'M7', 'marks')].filter((marks) => marks !== 0)).toHaveLength(1);
  expect(lanesOf(answer)[1].name).toBe('app');
});

test('threads of two processes with one number are one lane with the samples of both', () => {
  const perf = traceFromText('10ns 20ns 30ns', {tid: [7, 8, 8]});
  perf.threads.tid[1] = 7;
  const answer = ask([perf], {event: {source: 1, event: 0}, fromNs: 0, toNs: 20, widthPx: 21});
  expect(lanesOf(answer).map(({samples}) => samples)).toEqual([3]);
  expect([...row(answer, 'M7', 'marks')].filter((marks) => marks !== 0)).toHaveLength(2);
});

test('samples of another axis are on no lane of this one', () => {
  const trace = goTraceFromText('     0ns     80ns\nG1   run M7');
  const perf = traceFromText('10ns', {tid: 7, clock: DEFAULT});
  const answer = ask([trace, perf], {event: {source: 2, event: 0}});
  expect(lanesOf(answer).map(({samples}) => samples)).toEqual([Number.NaN, Number.NaN]);
  expect(answer.marks.every((marks) => marks === 0)).toBe(true);
});

test('a stretch of the list holds the rows that it touches, as the whole list has them, and one beyond the end the last', () => {
  const trace = goTraceFromText('     0ns     80ns\nG1   run M7\nG2   run M8\nG3   wait');
  const all = ask([trace]);
  const second = all.rows[1];
  const page = ask([trace], {topPx: second.topPx + 1, heightPx: second.heightPx});
  expect(page.rows).toEqual(all.rows.slice(1, 3));
  expect([...page.state]).toEqual([...all.state.subarray(8, 24)]);
  expect([page.first, page.rowCount, page.totalPx]).toEqual([1, 6, all.totalPx]);
  expect(ask([trace], {topPx: 9999, heightPx: 20}).rows).toEqual(all.rows.slice(-1));
});

test('there are no lanes of an axis that is not there', () => {
  expect(lanes.answer(sessionOf([]), QUESTION)).toBeNull();
});

/** Windows with whole nanoseconds a pixel, so that the same pixel is asked for with the same boundaries. */
const window = fc.record({pixelNs: fc.constantFrom(1, 2, 8, 16, 64), firstPixel: fc.integer({min: 0, max: 20}), widthPx: fc.integer({min: 2, max: 64})});
const inWindow = ({pixelNs, firstPixel, widthPx}: {pixelNs: number; firstPixel: number; widthPx: number}) => ({fromNs: firstPixel * pixelNs, toNs: (firstPixel + widthPx) * pixelNs, widthPx});
const EVENT = {source: 2, event: 0};

test('a window cut in two shows the same pixels: panning changes nothing that stays in view', () => {
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, window, fc.nat(), (trace, perf, asked, cut) => {
    const leftPx = 1 + (cut % (asked.widthPx - 1));
    const event = perf.events.length > 0 ? EVENT : null;
    const whole = ask([trace, perf], {...inWindow(asked), event});
    const left = ask([trace, perf], {...inWindow({...asked, widthPx: leftPx}), event});
    const right = ask([trace, perf], {...inWindow({...asked, firstPixel: asked.firstPixel + leftPx, widthPx: asked.widthPx - leftPx}), event});
    expect([names(left), names(right)]).toEqual([names(whole), names(whole)]);
    for (const lane of names(whole)) for (const plane of ['state', 'size', 'marks'] as const) expect([...row(left, lane, plane), ...row(right, lane, plane)]).toEqual([...row(whole, lane, plane)]);
  }));
});

test('every pixel of a goroutine is what a look at each of its nanoseconds finds', () => {
  fc.assert(fc.property(arbitraryGoTrace, window, (trace, asked) => {
    const {pixelNs, firstPixel, widthPx} = asked;
    const answer = ask([trace], inWindow(asked));
    answer.rows.forEach((lane, at) => {
      if (lane.kind !== 'goroutine') return;
      for (let pixel = 0; pixel < widthPx; pixel++) {
        const fromNs = (firstPixel + pixel) * pixelNs;
        const moments = Array.from({length: pixelNs}, (_, i) => fromNs + i);
        const shown = at * widthPx + pixel;
        const shares = sharesOf(moments.map((timeNs) => stateAt(trace, lane.row, timeNs)));
        expect(shares[answer.state[shown] as State] ?? 0).toBe(Math.max(0, ...Object.values(shares)));
        expect(answer.size[shown]).toBe(Math.log2(Math.max(1, ...moments.map((timeNs) => sizeAt(trace, lane.row, timeNs)))));
        expect(answer.marks[shown]).toBe(marksIn(trace, lane.row, fromNs, fromNs + pixelNs));
      }
    });
  }), {numRuns: 60});
});

test('figures of lanes add to what the trace and the samples hold in the range', () => {
  const at = fc.integer({min: 0, max: 1500});
  fc.assert(fc.property(arbitraryGoTrace, arbitrarySamples, at, at, (trace, perf, a, b) => {
    const range = {fromNs: Math.min(a, b), toNs: Math.max(a, b)};
    const holds = (timeNs: number) => timeNs >= range.fromNs && timeNs <= range.toNs;
    const answer = ask([trace, perf], {range, event: EVENT});
    const {kind, timeNs, durationNs} = trace.stackChanges;
    const growths = [...kind.keys()].filter((i) => kind[i] === StackChangeKind.Growth && holds(timeNs[i]));
    const goroutines = answer.rows.filter((lane) => lane.kind === 'goroutine');
    const threads = answer.rows.filter((lane) => lane.kind === 'thread');
    expect(goroutines.reduce((sum, lane) => sum + lane.growths, 0)).toBe(growths.length);
    expect(goroutines.reduce((sum, lane) => sum + lane.copyNs, 0)).toBe(growths.reduce((sum, i) => sum + durationNs[i], 0));
    // Without a sample the source is on no axis, and how many there are is not known.
    if (perf.samples.length === 0) return;
    const samples = [...perf.samples.event.keys()].filter((i) => perf.samples.event[i] === 0 && holds(perf.samples.timeNs[i]));
    expect(threads.reduce((sum, lane) => sum + lane.samples, 0)).toBe(samples.length);
    const session = sessionOf([trace, perf]);
    const {goroutine} = session.attribution(session.source(2)!);
    expect(goroutines.reduce((sum, lane) => sum + lane.samples, 0)).toBe(samples.filter((i) => goroutine[i] >= 0).length);
  }));
});

function sharesOf(states: readonly (State | null)[]): Partial<Record<State, number>> {
  const shares: Partial<Record<State, number>> = {};
  for (const state of states) if (state !== null) shares[state] = (shares[state] ?? 0) + 1;
  return shares;
}

const endOf = ({goroutines, endNs}: Trace, g: number) => (Number.isNaN(goroutines.endNs[g]) ? endNs : goroutines.endNs[g]);

/** The state during the nanosecond that begins at a time; null before birth and after the end. */
function stateAt(trace: Trace, g: number, timeNs: number): State | null {
  const {goroutines, states} = trace;
  if (timeNs >= endOf(trace, g)) return null;
  let state: State | null = null;
  for (let i = goroutines.firstState[g]; i < goroutines.firstState[g] + goroutines.stateCount[g]; i++) if (states.startNs[i] <= timeNs) state = states.state[i] as State;
  return state;
}

/** The size during the nanosecond that begins at a time; 0 not known. */
function sizeAt(trace: Trace, g: number, timeNs: number): number {
  const {goroutines, stackChanges: changes} = trace;
  const own = [...changes.goroutine.keys()].filter((i) => changes.goroutine[i] === g);
  if (own.length === 0 || timeNs >= endOf(trace, g) || timeNs < goroutines.startNs[g]) return 0;
  const last = own.findLast((i) => changes.timeNs[i] <= timeNs);
  return last === undefined ? changes.oldBytes[own[0]] : changes.newBytes[last];
}

function marksIn({stackChanges: {goroutine, timeNs, kind}}: Trace, g: number, fromNs: number, toNs: number): number {
  const mark: Readonly<Record<number, number>> = {[StackChangeKind.Growth]: LaneMark.Growth, [StackChangeKind.Shrink]: LaneMark.Shrink};
  return [...goroutine.keys()].filter((i) => goroutine[i] === g && timeNs[i] >= fromNs && timeNs[i] < toNs).reduce((marks, i) => marks | (mark[kind[i]] ?? 0), 0);
}
