/**
 * Damage costs what was damaged and nothing else: in recordings of several generations every batch is spoilt in turn, and what the
 * other generations and the other threads say must come out as before.
 */
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {State} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {opened, parsedAs, streamOf} from '../../testing/bytes.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';
import {BatchReader, type Batch} from './batches.ts';
import {goTrace} from './format.ts';
import {SYNC} from './ordered-event.ts';
import type {EventProblem} from './problem.ts';
import {readEvents} from './read-events.ts';

const recordings = ['go122-generations', 'go125-generations', 'go125-flight', 'go127-cpu', 'go127-flight'];

const recorded = (name: string) => new Uint8Array(readFileSync(fileURLToPath(new URL(`fixtures/${name}.trace`, import.meta.url))));

/** Every batch that holds something, and the byte at which its header begins. */
async function batchesOf(bytes: Uint8Array): Promise<{batch: Batch; start: number}[]> {
  const reader = new BatchReader(streamOf(bytes));
  await reader.header();
  const all: {batch: Batch; start: number}[] = [];
  for (;;) {
    const start = reader.byte;
    const read = await reader.next();
    if (read.kind === 'end') return all;
    if ('data' in read && read.data.length > 0) all.push({batch: read, start});
  }
}

/** The events of each generation and thread, in their order, without what depends on other threads; and the problems. */
async function said(bytes: Uint8Array): Promise<{events: Map<string, string[]>; problems: EventProblem[]}> {
  const events = new Map<string, string[]>();
  const problems: EventProblem[] = [];
  let lastByte = -1;
  await readEvents(streamOf(bytes), false, {
    start: () => {},
    generation: () => {},
    breathe: () => Promise.resolve(),
    problem: (problem) => problems.push(problem),
    event: ({type, m, args, generation, byte}) => {
      if (type === SYNC || !generation || byte === lastByte) return;
      lastByte = byte;
      const place = `generation ${generation.number} thread ${m}`;
      const line = `${type} ${args.join(' ')}`;
      const known = events.get(place);
      if (known) known.push(line);
      else events.set(place, [line]);
    },
  });
  return {events, problems};
}

/** The first place, but for those of generation `but`, where something else is said; null when there is none. */
function changed(before: Map<string, string[]>, now: Map<string, string[]>, but: number): string | null {
  for (const place of new Set([...before.keys(), ...now.keys()])) {
    if (place.startsWith(`generation ${but} `)) continue;
    if (before.get(place)?.join('\n') !== now.get(place)?.join('\n')) return place;
  }
  return null;
}

type Damage = (bytes: Uint8Array, batch: Batch) => void;

/** Ten bytes before its data a batch states its size, lowest seven bits first. */
const damages: readonly (readonly [string, Damage])[] = [
  ['a first event of no kind', (bytes, {byte}) => (bytes[byte] = 200)],
  ['a wrong size', (bytes, {byte}) => (bytes[byte - 10] ^= 0x15)],
  ['a size far too large', (bytes, {byte}) => (bytes[byte - 9] ^= 0x21)],
  ['an impossible size', (bytes, {byte}) => (bytes[byte - 7] ^= 0x21)],
];

describe.each(recordings)('%s', (name) => {
  test.each(damages)('%s in any batch changes nothing in other generations, and the place is told', async (_, damage) => {
    const bytes = recorded(name);
    const whole = await said(bytes);
    expect(whole.problems).toEqual([]);
    for (const {batch} of await batchesOf(bytes)) {
      const damaged = bytes.slice();
      damage(damaged, batch);
      const {events, problems} = await said(damaged);
      const which = `batch at byte ${batch.byte}`;
      expect(changed(whole.events, events, batch.generation), which).toBe(null);
      expect(problems.some(({byte}) => byte >= batch.byte && byte < batch.byte + batch.data.length), which).toBe(true);
    }
  });

  test('a batch that is not there costs its own events only', async () => {
    const bytes = recorded(name);
    const whole = await said(bytes);
    for (const {batch, start} of await batchesOf(bytes)) {
      if (batch.m === -1) continue;
      const without = Uint8Array.from([...bytes.subarray(0, start), ...bytes.subarray(batch.byte + batch.data.length)]);
      const {events} = await said(without);
      expect(changed(whole.events, events, batch.generation), `batch at byte ${batch.byte}`).toBe(null);
    }
  });
});

const opening = `
  batch gen=1 m=1 time=10
    ProcStatus dt=0 p=0 pstatus=Running
    GoStatus dt=0 g=1 m=1 gstatus=Running
    GoCreate dt=10 new_g=5 new_stack=0 stack=0`;
const frequencies = [1, 2].map((generation) => `batch gen=${generation} m=none time=10\nFrequency freq=15625000`);

/** Faults by code, and the states of a goroutine as `state@tick`. */
async function read(text: string): Promise<{codes: string[]; states: (g: number) => string[]}> {
  const {trace, faults} = await opened(wireBytes(`trace go 1.22\n${text}`));
  expect(integrity(trace!)).toEqual([]);
  return {codes: faults.map(({code, count}) => `${count} ${code}`), states: (g) => statesOf(trace!, g)};
}

function statesOf({goroutines, states, originNs}: Trace, g: number): string[] {
  const row = goroutines.id.indexOf(g);
  const first = goroutines.firstState[row];
  const names = Object.keys(State);
  return Array.from({length: goroutines.stateCount[row]}, (_, i) => `${names[states.state[first + i]]}@${Math.floor((states.startNs[first + i] + Number(originNs)) / 64)}`);
}

describe('what a later status says of what was lost', () => {
  test('a goroutine whose creation was lost is there from its next status on', async () => {
    const {codes, states} = await read(`${opening}
      ${frequencies[0]}
      batch gen=2 m=none time=100
        GoStatus dt=0 g=77 m=none gstatus=Waiting
      ${frequencies[1]}`);
    expect(codes).toEqual(['1 go-trace/order']);
    expect(states(77)).toEqual(['Waiting@100']);
  });

  test('a goroutine that is said to be in another state is in that from then on', async () => {
    const {codes, states} = await read(`${opening}
      ${frequencies[0]}
      batch gen=2 m=none time=100
        GoStatus dt=0 g=5 m=none gstatus=Waiting
      ${frequencies[1]}`);
    expect(codes).toEqual(['1 go-trace/order']);
    expect(states(5)).toEqual(['Runnable@20', 'Waiting@100']);
  });

  test('a status that fits adds nothing', async () => {
    const {codes, states} = await read(`${opening}
      ${frequencies[0]}
      batch gen=2 m=none time=100
        GoStatus dt=0 g=5 m=none gstatus=Runnable
      ${frequencies[1]}`);
    expect(codes).toEqual([]);
    expect(states(5)).toEqual(['Runnable@20']);
  });
});

describe('an event that waits for one that was lost', () => {
  const thread2 = (events: string) => `${opening}\nbatch gen=1 m=2 time=30\nProcStatus dt=0 p=1 pstatus=Running\n${events}\n${frequencies[0]}`;

  test.each([
    ['GoStart dt=1 g=5 g_seq=3', 5, ['Runnable@20', 'Running@31']],
    ['GoUnblock dt=1 g=5 g_seq=2 stack=0', 5, ['Runnable@20', 'Runnable@31']],
    ['GoUnblock dt=1 g=9 g_seq=2 stack=0', 9, ['Runnable@31']],
    ['GoStart dt=1 g=5 g_seq=1\nGoSwitch dt=1 g=9 g_seq=4', 9, ['Runnable@32', 'Running@32']],
    ['GoStart dt=1 g=5 g_seq=1\nGoCreate dt=1 new_g=1 new_stack=0 stack=0', 1, ['Running@10', 'Runnable@32']],
    ['GoStart dt=1 g=5 g_seq=1\nGoSyscallBegin dt=1 p_seq=7 stack=0', 5, ['Runnable@20', 'Running@31', 'Syscall@32']],
    ['GoStart dt=1 g=5 g_seq=1\nGoSyscallEnd dt=1', 5, ['Runnable@20', 'Running@31', 'Running@32']],
    ['GoStart dt=1 g=5 g_seq=1\nGoSyscallEndBlocked dt=1', 5, ['Runnable@20', 'Running@31', 'Runnable@32']],
  ])('%s is taken after all, and told once', async (events, g, expected) => {
    const {codes, states} = await read(thread2(events));
    expect(codes.length).toBe(1);
    expect(states(g)).toEqual(expected);
  });

  test('a goroutine that starts while another thread is thought to have it is taken away from that one', async () => {
    const {codes, states} = await read(`${thread2('GoStart dt=1 g=1 g_seq=1')}
      batch gen=2 m=1 time=100
        GoStatus dt=0 g=5 m=none gstatus=Runnable
        GoStart dt=1 g=5 g_seq=1
      ${frequencies[1]}`);
    expect(codes).toEqual(['1 go-trace/stuck']);
    expect([states(1), states(5)]).toEqual([['Running@10', 'Running@31'], ['Runnable@20', 'Running@101']]);
  });

  test('what cannot be made to fit is left out', async () => {
    const {codes, states} = await read(`batch gen=1 m=4 time=9\nGoBlock dt=0 reason_string=0 stack=0\n${opening}\n${frequencies[0]}`);
    expect(codes).toEqual(['1 go-trace/order']);
    expect(states(1)).toEqual(['Running@10']);
  });
});

describe('a file that was cut', () => {
  test('the events before a cut inside a batch are kept', async () => {
    const bytes = wireBytes(`trace go 1.22\n${frequencies[0]}\n${opening}\nGoCreate dt=10 new_g=6 new_stack=0 stack=0`);
    const trace = await parsedAs(goTrace, bytes.subarray(0, bytes.length - 1));
    expect([...trace.goroutines.id]).toEqual([1, 5]);
    expect(trace.faults.map(({code, severity, count}) => `${severity} ${count} ${code}`)).toEqual(['fatal 1 go-trace/broken']);
  });

  test('a cut between two batches is told by a file of Go 1.26, which ends its generations', async () => {
    const text = `trace go 1.26\nbatch gen=1 m=none time=9\nSync\nFrequency freq=15625000\nClockSnapshot dt=1 mono=1 sec=1 nsec=1\n${opening}\nbatch gen=1 m=none time=9\nStrings`;
    expect((await opened(wireBytes(text))).faults.map(({code}) => code)).toEqual(['go-trace/no-end-of-generation']);
    expect((await opened(wireBytes(`${text}\nend of generation`))).faults).toEqual([]);
  });
});
