/** The drawing of goroutines is only worth something if it says what it seems to say. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../model/integrity.ts';
import {StackChangeKind, State} from '../model/tables.ts';
import {text, type Trace} from '../model/trace.ts';
import {arbitraryGoTrace, arbitrarySamples} from './arbitrary-traces.ts';
import {goTraceFromText} from './go-trace-from-text.ts';
import {stackText} from './trace-summary.ts';

const wordOf = Object.fromEntries(Object.entries(State).map(([word, state]) => [state, word]));

/** The states of a goroutine, one a line. */
function statesOf(trace: Trace, goroutine: number): string[] {
  const {states, goroutines, threads} = trace;
  const first = goroutines.firstState[goroutine];
  return Array.from({length: goroutines.stateCount[goroutine]}, (_, i) => {
    const row = first + i;
    const thread = states.thread[row] < 0 ? '' : ` M${threads.tid[states.thread[row]]}`;
    const stack = states.stack[row] < 0 ? '' : ` ${stackText(trace, states.stack[row])}`;
    const by = states.by[row] < 0 ? '' : ` by ${goroutines.id[states.by[row]]}`;
    return `${states.startNs[row]} ${wordOf[states.state[row]]}${thread}${stack}${by}`;
  });
}

const trace = goTraceFromText(`
                 0us     10us                      20us    30us
  G1 main.main   run M7  sys M7                    wait
  G5 main.work           ready {main.main} by G1   run M8  end
`, {
  changes: `
    10us G5 →2K M7
    21us+2us G5 2K→4K M8
    25us G5 4K→2K
    30us G5 2K→
    26us G- ?→8K
  `,
  gc: '12us..14us\n20us..',
  cpuSamples: '22us G5 M8 main.work;main.f\n23us G- M-',
});

test('a cell is a state that begins at its column, on the thread and with the stack written in it', () => {
  expect(statesOf(trace, 0)).toEqual(['0 Running M7', '10000 Syscall M7', '20000 Waiting']);
  expect(statesOf(trace, 1)).toEqual(['10000 Runnable main.main by 1', '20000 Running M8']);
});

test('a goroutine drawn in the first column is older than the trace, another is created by whom its first cell names', () => {
  const {goroutines} = trace;
  expect([...goroutines.startNs]).toEqual([Number.NaN, 10_000]);
  expect([...goroutines.endNs]).toEqual([Number.NaN, 30_000]);
  expect([...goroutines.creator]).toEqual([-1, 0]);
  expect([...goroutines.startFunction].map((row) => text(trace, row))).toEqual(['main.main', 'main.work']);
});

test('sizes written left and right of the arrow tell the kind of a change', () => {
  const {kind, oldBytes, newBytes, goroutine, durationNs} = trace.stackChanges;
  expect([...kind]).toEqual([StackChangeKind.Initial, StackChangeKind.Growth, StackChangeKind.Shrink, StackChangeKind.Growth, StackChangeKind.Freed]);
  expect([...oldBytes]).toEqual([Number.NaN, 2048, 4096, Number.NaN, 2048]);
  expect([...newBytes]).toEqual([2048, 4096, 2048, 8192, Number.NaN]);
  expect([...goroutine]).toEqual([1, 1, 1, -1, 1]);
  expect([...durationNs]).toEqual([Number.NaN, 2000, 0, 0, Number.NaN]);
});

test('samples of the trace itself have the goroutine that is written with them', () => {
  expect([...trace.sampleGoroutine!]).toEqual([1, -1]);
  expect(stackText(trace, trace.samples.stack[0])).toBe('main.work;main.f');
  expect([...trace.samples.thread].map((row) => (row < 0 ? -1 : trace.threads.tid[row]))).toEqual([8, -1]);
  expect([...trace.spans.endNs]).toEqual([14_000, Number.NaN]);
});

test('what is drawn is a sound trace', () => {
  expect(integrity(trace)).toEqual([]);
});

test.each([
  ['a cell that is no state', '      0us\n  G1  walk', '“walk” makes no sense'],
  ['a cell wider than its column', '      0us  1us\n  G1  run M7', 'runs into the column'],
  ['a line without a goroutine', '      0us\n  P1  wait', 'makes no sense'],
  ['a goroutine that is not drawn', '      0us\n  G1  ready by G2', 'G2 is not drawn'],
])('%s is refused, with the reason', (_, drawing, reason) => {
  expect(() => goTraceFromText(drawing)).toThrow(reason);
});

test('traces that are made up are sound', () => {
  fc.assert(fc.property(arbitrarySamples, (made) => {
    expect(integrity(made)).toEqual([]);
  }));
  fc.assert(fc.property(arbitraryGoTrace, (made) => {
    expect(integrity(made)).toEqual([]);
  }));
});
