/**
 * The model against Go's own account: what `go tool trace -d=parsed` printed for a recording is read here line by line into states,
 * spans, counters and samples, and must be what the tables hold. Then the meaning of single columns, on traces written by hand.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {beforeAll, describe, expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {ArgumentKind, SpanKind, State} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';
import {stackText} from '../../testing/trace-summary.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const recordings = readdirSync(fixtures).flatMap((name) => (name.endsWith('.trace') ? [name.slice(0, -6)] : []));

/** A line of the tool: `M=1 P=0 G=1 StateTransition Time=5 GoID=7 Runnable->Running Reason=""`. */
interface Line {
  readonly m: number;
  readonly p: number;
  readonly g: number;
  readonly kind: string;
  /** Nanoseconds since the origin of the trace. */
  readonly timeNs: number;
  readonly rest: string;
}

function toolLines(name: string, trace: Trace): Line[] {
  const lines = gunzipSync(readFileSync(`${fixtures}oracles/${name}.events.txt.gz`)).toString().trim().split('\n');
  return lines.map((line) => {
    const [, m, p, g, kind, time, rest] = /^M=(\S+) P=(\S+) G=(\S+) (\S+) Time=(\d+) ?(.*)$/.exec(line)!;
    return {m: Number(m), p: Number(p), g: Number(g), kind, timeNs: Number(BigInt(time) - trace.originNs), rest};
  });
}

const stateNames = Object.keys(State);
const threadOf = (trace: Trace, row: number) => (row < 0 ? -1 : trace.threads.tid[row]);
const idOf = (table: {id: Float64Array}, row: number) => (row < 0 ? -1 : table.id[row]);

/** The states of `owner`, each as `time state thread proc reason`. */
function statesOf(trace: Trace, {firstState, stateCount}: {firstState: Int32Array; stateCount: Int32Array}, row: number): string[] {
  const {states} = trace;
  return Array.from({length: stateCount[row]}, (_, i) => firstState[row] + i).map((i) =>
    [states.startNs[i], stateNames[states.state[i]], threadOf(trace, states.thread[i]), idOf(trace.procs, states.proc[i]), text(trace, states.reason[i]) ?? ''].join(' '));
}

/** The same as the tool tells it: every transition to another state. */
function toolStates(lines: readonly Line[], resource: 'GoID' | 'ProcID'): Map<number, string[]> {
  const states = new Map<number, string[]>();
  for (const {m, p, g, timeNs, kind, rest} of lines) {
    const change = kind === 'StateTransition' && new RegExp(String.raw`^${resource}=(\d+) (\w+)->(\w+) Reason="(.*)"$`).exec(rest);
    if (!change) continue;
    const [, idText, before, after, reason] = change;
    const id = Number(idText);
    const known = states.get(id) ?? [];
    states.set(id, known);
    if (before === after || after === 'NotExist') continue;
    const runs = after === 'Running';
    const thread = runs || after === 'Syscall' ? m : -1;
    const proc = runs && resource === 'GoID' ? p : -1;
    known.push([timeNs, after, thread, proc, g === id || before !== 'Undetermined' ? reason : ''].join(' '));
  }
  return states;
}

describe.each(recordings)('%s', (name) => {
  let trace: Trace;
  let lines: Line[];
  beforeAll(async () => {
    trace = (await opened(readFileSync(`${fixtures}${name}.trace`))).trace!;
    lines = toolLines(name, trace);
  });

  test('goroutines go through the states that Go tells of, on those threads and procs, for those reasons', () => {
    const expected = toolStates(lines, 'GoID');
    const found = new Map(Array.from(trace.goroutines.id, (id, row) => [id, statesOf(trace, trace.goroutines, row)]));
    for (const [id, states] of expected) expect(found.get(id), `goroutine ${id}`).toEqual(states);
    for (const [id, states] of found) if (!expected.has(id)) expect(states).toEqual([]);
  });

  test('procs go through the states that Go tells of', () => {
    const expected = toolStates(lines, 'ProcID');
    expect(trace.procs.length).toBe(expected.size);
    for (let row = 0; row < trace.procs.length; row++) {
      expect(statesOf(trace, trace.procs, row), `proc ${trace.procs.id[row]}`).toEqual(expected.get(trace.procs.id[row]));
    }
  });

  test('goroutines are made by whom, and end when, Go says', () => {
    const expected = new Map<number, {creator: number; startNs: number; endNs: number}>();
    for (const {g, kind, timeNs, rest} of lines) {
      const change = kind === 'StateTransition' && /^GoID=(\d+) (\w+)->(\w+)/.exec(rest);
      if (!change) continue;
      const id = Number(change[1]);
      if (change[2] === 'NotExist') expected.set(id, {creator: g, startNs: timeNs, endNs: Number.NaN});
      else if (!expected.has(id)) expected.set(id, {creator: -1, startNs: Number.NaN, endNs: Number.NaN});
      if (change[3] === 'NotExist') expected.get(id)!.endNs = timeNs;
    }
    const {id, creator, startNs, endNs} = trace.goroutines;
    const found = Array.from(id, (each, row): [number, object] => [each, {creator: idOf(trace.goroutines, creator[row]), startNs: startNs[row], endNs: endNs[row]}]);
    const known = new Map(found.filter(([each]) => expected.has(each)));
    expect(known).toEqual(expected);
  });

  test('a goroutine that was made in the trace, or ran in it, has the name of the function it began with', () => {
    const {id, startNs, startFunction, stateCount} = trace.goroutines;
    const named = new Set(Array.from(id).flatMap((_, row) => (startFunction[row] >= 0 ? [text(trace, startFunction[row])!] : [])));
    for (let row = 0; row < id.length; row++) if (!Number.isNaN(startNs[row]) && stateCount[row] > 0) expect(startFunction[row], `goroutine ${id[row]}`).toBeGreaterThanOrEqual(0);
    expect([...named].some((function_) => function_.startsWith('main.'))).toBe(true);
  });

  test('counters are the metrics of Go', () => {
    const expected = lines.flatMap(({kind, timeNs, rest}) => (kind === 'Metric' ? [`${timeNs} ${rest.replace(/Name="(.*)" Value=Value\{Uint64\((\d+)\)\}/, '$1 $2')}`] : []));
    const {timeNs, name: names, value, length} = trace.counters;
    expect(Array.from({length}, (_, row) => `${timeNs[row]} ${text(trace, names[row])} ${value[row]}`)).toEqual(expected);
  });

  test('samples are the CPU samples of Go, on those threads and goroutines, each with a stack', () => {
    const expected = lines.flatMap(({kind, m, g, timeNs}) => (kind === 'StackSample' ? [`${timeNs} ${m} ${g}`] : []));
    const {samples, sampleGoroutine} = trace;
    const found = Array.from(samples.timeNs, (timeNs, row) => `${timeNs} ${threadOf(trace, samples.thread[row])} ${idOf(trace.goroutines, sampleGoroutine![row])}`);
    expect(found).toEqual(expected);
    expect(samples.stack.every((stack) => stack >= 0)).toBe(true);
  });

  test('spans are the ranges, regions and tasks of Go, from their beginnings to their ends', () => {
    const expected = toolSpans(lines);
    const {startNs, endNs, name: names, kind, length} = trace.spans;
    const found = Array.from({length}, (_, row) => `${startNs[row]} ${endNs[row]} ${Object.keys(SpanKind)[kind[row]]} ${text(trace, names[row])}`);
    expect(found).toEqual(expected);
  });
});

/** Spans as `start end kind name`, by start; what ends without a beginning is none. */
function toolSpans(lines: readonly Line[]): string[] {
  const spans: {startNs: number; endNs: number; label: string}[] = [];
  const open = new Map<string, number[]>();
  const begin = (key: string, startNs: number, label: string) => {
    open.set(key, [...(open.get(key) ?? []), spans.length]);
    spans.push({startNs, endNs: Number.NaN, label});
  };
  const end = (key: string, endNs: number) => {
    const row = open.get(key)?.pop();
    if (row !== undefined) spans[row].endNs = endNs;
  };
  for (const {kind, g, timeNs, rest} of lines) {
    const [, name, scope] = /^Name="(.*)" Scope=(\S+)/.exec(rest) ?? [];
    const [, task, type] = /^(?:Task|ID)=(\d+).* Type=(".*")$/.exec(rest) ?? [];
    const range = `${name} ${scope}`;
    const ranges: Readonly<Record<string, string>> = {'GC concurrent mark phase': 'Gc', 'GC incremental sweep': 'Sweep', 'GC mark assist': 'MarkAssist'};
    const label = name && `${ranges[name] ?? 'StopTheWorld'} ${name}`;
    if (kind === 'RangeBegin' || (kind === 'RangeActive' && !open.get(range)?.length)) begin(range, timeNs, label);
    else if (kind === 'RangeEnd') end(range, timeNs);
    else if (kind === 'RegionBegin') begin(`region ${g}`, timeNs, `Region ${JSON.parse(type) as string}`);
    else if (kind === 'RegionEnd') end(`region ${g}`, timeNs);
    else if (kind === 'TaskBegin') begin(`task ${task}`, timeNs, `Task ${JSON.parse(type) as string}`);
    else if (kind === 'TaskEnd') end(`task ${task}`, timeNs);
  }
  return spans.map(({startNs, endNs, label}) => `${startNs} ${endNs} ${label}`);
}

const wire = (name: string) => wireBytes(readFileSync(`${fixtures}wire/${name}.wire.txt`, 'utf8').split('== events')[0]);

async function traceOf(bytes: Uint8Array): Promise<Trace> {
  const {trace} = await opened(bytes);
  expect(integrity(trace!)).toEqual([]);
  return trace!;
}

describe('columns', () => {
  test('a wake-up has the stack of who did it and says who, a block its own', async () => {
    const trace = await traceOf(wire('go122-goroutines'));
    const {goroutines, states} = trace;
    const row = goroutines.id.indexOf(1);
    const found = Array.from({length: goroutines.stateCount[row]}, (_, i) => goroutines.firstState[row] + i).map((i) => `${stateNames[states.state[i]]} by ${idOf(goroutines, states.by[i])}: ${stackText(trace, states.stack[i])}`);
    expect(found).toEqual([
      'Running by -1: (no stack)',
      'Waiting by -1: main.main;main.wait',
      'Runnable by 5: main.work',
      'Running by -1: (no stack)',
      'Runnable by -1: main.main;main.wait',
      'Running by -1: (no stack)',
    ]);
  });

  test('a wake-up by no goroutine has no stack, which would look like the woken one’s own', async () => {
    const trace = await traceOf(wireBytes(`trace go 1.22
      batch gen=1 m=1 time=10
        GoStatus dt=0 g=3 m=none gstatus=Waiting
        GoUnblock dt=1 g=3 g_seq=1 stack=1
      batch gen=1 m=none time=0
        Frequency freq=15625000
      batch gen=1 m=none time=0
        Stacks
        Stack id=1
          frame pc=1 func=0 file=0 line=1`));
    expect([...trace.states.stack]).toEqual([-1, -1]);
  });

  test('a new goroutine has its creator, the stack of that, and the name of its function', async () => {
    const trace = await traceOf(wire('go122-goroutines'));
    const {goroutines} = trace;
    const row = goroutines.id.indexOf(5);
    expect([idOf(goroutines, goroutines.creator[row]), stackText(trace, goroutines.creatorStack[row]), text(trace, goroutines.startFunction[row])]).toEqual([1, 'main.main;main.wait', 'main.work']);
  });

  test('an older goroutine is named after the outermost function of its first stack', async () => {
    const trace = await traceOf(wire('go123-switches'));
    const {goroutines} = trace;
    const names = Object.fromEntries(Array.from(goroutines.id, (id, row) => [id, text(trace, goroutines.startFunction[row])]));
    expect(names).toEqual({1: 'main.main', 3: 'main.waiter', 4: null, 9: 'main.pulled'});
  });

  test('a range that was in progress before the trace belongs to the goroutine or proc that is named, not to who tells of it', async () => {
    const trace = await traceOf(wireBytes(`trace go 1.22
      batch gen=1 m=1 time=10
        ProcStatus dt=0 p=0 pstatus=Running
        ProcStatus dt=0 p=1 pstatus=Idle
        GoStatus dt=0 g=1 m=1 gstatus=Running
        GoStatus dt=0 g=2 m=none gstatus=Waiting
        GCSweepActive dt=1 p=1
        GCMarkAssistActive dt=1 g=2
      batch gen=1 m=none time=0
        Frequency freq=15625000`));
    const {spans} = trace;
    const found = Array.from({length: spans.length}, (_, row) => [Object.keys(SpanKind)[spans.kind[row]], idOf(trace.goroutines, spans.goroutine[row]), idOf(trace.procs, spans.proc[row])]);
    expect(found).toEqual([['Sweep', -1, 1], ['MarkAssist', 2, -1]]);
  });

  test('tasks know their parents, regions their tasks, also into the next generation', async () => {
    const trace = await traceOf(wire('go125-two-generations'));
    const {spans} = trace;
    const found = Array.from({length: spans.length}, (_, row) => [text(trace, spans.name[row]), spans.task[row], spans.parentTask[row], (spans.endNs[row] - spans.startNs[row]) / 64]);
    const inner = 'inner';
    const outer = 'größer "quoted"\n';
    expect(found).toEqual([['my task', 2, -1, 87], [inner, 3, 2, Number.NaN], [outer, 2, -1, 84], [inner, 3, -1, 82]]);
  });

  test('a log is an instant with its task, category and message', async () => {
    const trace = await traceOf(wire('go125-two-generations'));
    const {row, key, kind, bits, text: texts, length} = trace.instantArguments;
    const found = Array.from({length}, (_, i) => [row[i], text(trace, key[i]), kind[i] === ArgumentKind.Text ? text(trace, texts[i]) : bits[i]]);
    expect(text(trace, trace.instants.name[0])).toBe('UserLog');
    expect(found).toEqual([[0, 'task', 2n], [0, 'category', 'inner'], [0, 'message', 'größer "quoted"\n']]);
  });

  test('clocks read together stand as the file has them', async () => {
    const trace = await traceOf(wire('go126-end-of-generation'));
    expect(trace.clockReadings).toEqual([
      {timeNs: 128, monotonicNs: 64_128n, wallNs: 1_740_755_049_999_999_999n},
      {timeNs: 64_128, monotonicNs: 128_128n, wallNs: 1_740_755_050_000_000_000n},
    ]);
    expect([trace.originNs, trace.clock, trace.resolutionNs]).toEqual([64_000n, {known: 'stated', name: 'monotonic'}, 64]);
  });

  test('the clock of Windows is not known to be the monotonic one', async () => {
    const trace = await traceOf(wire('windows-clock'));
    expect([trace.clock, trace.resolutionNs]).toEqual([{known: 'not-stated', name: null}, 25_599]);
  });

  test('a thread of 40 bits, a heap goal that is off and times of 500 days of uptime are whole', async () => {
    const trace = await traceOf(wire('large-numbers'));
    expect([...trace.threads.tid]).toEqual([2 ** 40]);
    expect([...trace.counters.value]).toEqual([2 ** 64, 2 ** 64, 2 ** 53]);
    expect(trace.originNs + BigInt(trace.startNs)).toBe(43_200_000_000_000_128n);
  });

  test('what no table holds is counted by its name', async () => {
    const trace = await traceOf(wire('go123-allocfree'));
    expect(Object.fromEntries(trace.notKept.map(({what, count}) => [what, count]))).toEqual({Span: 1, SpanAlloc: 1, SpanFree: 1, HeapObject: 1, HeapObjectAlloc: 1, HeapObjectFree: 1});
  });
});
