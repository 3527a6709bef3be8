/**
 * Traces written by hand, `fixtures/wire/*.wire.txt`: small enough to be read, together they hold every kind of event. After
 * `== events` stand the lines that Go 1.27.3's `go tool trace -d=parsed` prints for their bytes; `UPDATE=1` asks it anew.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {fileURLToPath} from 'node:url';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {opened, streamOf} from '../../testing/bytes.ts';
import {varintBytes, wireBytes} from '../../testing/go-trace-wire.ts';
import {wireText} from '../../testing/go-trace-wire-text.ts';
import {timedEvents} from './event-types.ts';
import {transcript} from './transcript.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const wires = readdirSync(`${fixtures}wire`);
const recordings = readdirSync(fixtures).filter((name) => name.endsWith('.trace'));

/** The parts of a fixture: the wire, the lines of Go's tool, and the words with which ours stops where it must. */
function parts(name: string): {wire: string; events: string; stops: string | null} {
  const [wire, rest = ''] = readFileSync(`${fixtures}wire/${name}`, 'utf8').split('== events\n');
  const [events, stops = null] = rest.split('== stops: ');
  return {wire, events, stops: stops?.trimEnd() ?? null};
}

async function transcribed(bytes: Uint8Array): Promise<{lines: string; stops: string | null}> {
  let lines = '';
  const end = await transcript(streamOf(bytes), (more) => void (lines += more));
  return {lines, stops: end?.message ?? null};
}

/** What Go's own tool says, and whether it stops with an error. */
function toolLines(bytes: Uint8Array): {lines: string; stops: boolean} {
  const folder = mkdtempSync(`${tmpdir()}/wire-`);
  try {
    writeFileSync(`${folder}/wire.trace`, bytes);
    const command = 'go tool trace -d=parsed wire.trace > events.txt; echo $? > exit.txt';
    execFileSync('sh', ['-c', command], {cwd: folder, env: {...process.env, GOTOOLCHAIN: 'go1.27.3'}, stdio: 'ignore'});
    const lines = readFileSync(`${folder}/events.txt`, 'utf8').split('\n').filter((line) => line.startsWith('M='));
    return {lines: lines.map((line) => `${line}\n`).join(''), stops: readFileSync(`${folder}/exit.txt`, 'utf8').trim() !== '0'};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test.each(wires)('%s gives the events that the tool of Go prints, and stops where it stops', async (name) => {
  const {wire, stops} = parts(name);
  const found = await transcribed(wireBytes(wire));
  if (process.env['UPDATE']) {
    const tool = toolLines(wireBytes(wire));
    expect(tool.stops).toBe(found.stops !== null);
    writeFileSync(`${fixtures}wire/${name}`, `${wire}== events\n${tool.lines}${found.stops === null ? '' : `== stops: ${found.stops}\n`}`);
  }
  expect(found.lines).toBe(parts(name).events);
  expect(found.stops).toBe(process.env['UPDATE'] ? found.stops : stops);
});

test.each(wires)('%s gives a sound model', async (name) => {
  const {trace} = await opened(wireBytes(parts(name).wire));
  expect(integrity(trace!)).toEqual([]);
});

test.each(wires.filter((name) => !name.startsWith('fails-')))('%s is read without a fault', async (name) => {
  const {faults} = await opened(wireBytes(parts(name).wire));
  expect(faults).toEqual([]);
});

test('every kind of timed event stands in one of the fixtures', () => {
  const words = new Set(wires.flatMap((name) => parts(name).wire.split(/\s+/)));
  expect(timedEvents.flatMap((event) => (event && !words.has(event.name) ? [event.name] : []))).toEqual([]);
});

describe('the writer', () => {
  test.each(recordings)('writes %s byte by byte as the runtime did, from its text', async (name) => {
    const bytes = new Uint8Array(readFileSync(`${fixtures}${name}`));
    const again = wireBytes(await wireText(bytes));
    expect(again.length).toBe(bytes.length);
    expect(again.findIndex((byte, i) => byte !== bytes[i])).toBe(-1);
  });

  test('counts the size of a batch, or states the one it is told', () => {
    const header = (size: number) => [1, 3, 7, 9, ...varintBytes(BigInt(size), 10)];
    expect([...wireBytes('batch gen=3 m=7 time=9\nProcStop dt=5')]).toEqual([...header(2), 11, 5]);
    expect([...wireBytes('batch gen=3 m=7 time=9 size=99\nProcStop dt=5')]).toEqual([...header(99), 11, 5]);
  });

  test.each(['GoStart dt=1 g=5', 'GoStart dt=1 g_seq=5 g=5', 'GoStart', 'GoFly dt=1', 'batch gen=1', 'GoStart dt=1 g=x g_seq=1'])('refuses “%s”', (line) => {
    expect(() => wireBytes(`trace go 1.22\n${line}`)).toThrow(`line 2: ${line}`);
  });

  test('pads a number to any length without changing it', () => {
    const value = (bytes: readonly number[]) => bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 127) << BigInt(7 * i)), 0n);
    fc.assert(fc.property(fc.bigInt(0n, (1n << 64n) - 1n), fc.integer({min: 1, max: 10}), (number, least) => {
      const bytes = varintBytes(number, least);
      expect(value(bytes)).toBe(number);
      expect(bytes.length).toBeGreaterThanOrEqual(least);
      expect(bytes.map((byte) => byte >= 128)).toEqual(bytes.map((_, i) => i < bytes.length - 1));
    }));
  });
});
