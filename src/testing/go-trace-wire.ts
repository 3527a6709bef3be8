/**
 * A Go trace as text that can be read and written by hand -> the bytes of the file. One batch, row or event a line:
 *
 *   trace go 1.26                                         the file's header
 *   batch gen=1 m=7 time=100                              its size is counted; `size=9` states another one
 *     GoCreate dt=1 new_g=5 new_stack=0 stack=0           arguments by Go's names, in the order of the wire
 *   experiment 1 gen=1 m=none time=0                      a batch of an experiment
 *     bytes 01 ff                                         bytes as they are, anywhere
 *   end of generation
 *
 * Numbers are decimal or 0x…; `none` is 2^64 - 1, and states have names. Lines that begin with # are left out.
 */
import {Ev, timedEvents} from '../formats/go-trace/event-types.ts';
import {GoStatus, ProcStatus} from '../formats/go-trace/scheduler.ts';

/** 2^64 - 1, which the runtime writes where there is no thread, proc or task. */
export const NONE = (1n << 64n) - 1n;

/** Arguments of what is no timed event, by name; `fields` of a batch precede its size. */
export const tableRows: Readonly<Record<string, {readonly type: number; readonly fields: readonly string[]}>> = {
  Strings: {type: Ev.Strings, fields: []},
  Stacks: {type: Ev.Stacks, fields: []},
  CPUSamples: {type: Ev.CPUSamples, fields: []},
  Sync: {type: Ev.Sync, fields: []},
  CPUSample: {type: Ev.CPUSample, fields: ['time', 'm', 'p', 'g', 'stack']},
  Frequency: {type: Ev.Frequency, fields: ['freq']},
  ClockSnapshot: {type: Ev.ClockSnapshot, fields: ['dt', 'mono', 'sec', 'nsec']},
};

const timedTypes = new Map(timedEvents.flatMap((event, type) => (event ? [[event.name, type] as const] : [])));
const encoder = new TextEncoder();

/** The bytes that `text` describes. Throws where it is not understood. */
export function wireBytes(text: string): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter();
  const lines = text.split('\n').map((line) => line.trim());
  for (const [i, line] of lines.entries()) {
    try {
      if (line !== '' && !line.startsWith('#')) writer.line(line, lines.slice(i + 1));
    } catch (error) {
      throw new Error(`line ${i + 1}: ${line}`, {cause: error});
    }
  }
  return writer.finish();
}

/** An unsigned LEB128 number; padded with zeros to `least` bytes, as the runtime writes the size of a batch. */
export function varintBytes(value: bigint, least = 1): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0n || bytes.length < least; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes[bytes.length - 1] &= 127;
  return bytes;
}

class WireWriter {
  readonly #file: number[] = [];
  /** The batch that is being written: its header, its stated size, its data. */
  #batch: {readonly header: readonly number[]; readonly sizeBytes: bigint | null; readonly data: number[]} | null = null;

  line(line: string, following: readonly string[]): void {
    const [, word, rest] = /^(\S+)\s*(.*)$/.exec(line)!;
    switch (word) {
      case 'trace': return this.#add(encoder.encode(`${rest} trace\0\0\0`));
      case 'batch': return this.#begin([Ev.EventBatch], rest);
      case 'experiment': return this.#begin([Ev.ExperimentalBatch, Number.parseInt(rest)], rest.replace(/^\d+ /, ''));
      case 'end':
        this.#close();
        return this.#add([Ev.EndOfGeneration]);
      case 'bytes': return this.#add(rest.split(' ').map((byte) => Number.parseInt(byte, 16)));
      case 'String': return this.#string(rest);
      case 'Stack': return this.#stack(rest, following);
      case 'frame': return this.#add(numbers(rest, ['pc', 'func', 'file', 'line']));
      default: return this.#row(word, rest);
    }
  }

  finish(): Uint8Array<ArrayBuffer> {
    this.#close();
    return Uint8Array.from(this.#file);
  }

  #row(name: string, rest: string): void {
    const table = tableRows[name];
    const type = table?.type ?? timedTypes.get(name);
    if (type === undefined) throw new Error(`There is no ${name}`);
    this.#add([type, ...numbers(rest, table?.fields ?? ['dt', ...timedEvents[type]!.args])]);
  }

  #string(rest: string): void {
    const [, id, quoted] = /^(id=\S+) (".*")$/.exec(rest) ?? [];
    const bytes = encoder.encode(JSON.parse(quoted) as string);
    this.#add([Ev.String, ...numbers(id, ['id']), ...varintBytes(BigInt(bytes.length)), ...bytes]);
  }

  #stack(rest: string, following: readonly string[]): void {
    const end = following.findIndex((line) => !line.startsWith('frame '));
    const depth = end < 0 ? following.length : end;
    this.#add([Ev.Stack, ...numbers(rest, ['id']), ...varintBytes(BigInt(depth))]);
  }

  #begin(type: readonly number[], rest: string): void {
    this.#close();
    const [, fields, size] = /^(.*?)(?: size=(\d+))?$/.exec(rest)!;
    this.#batch = {header: [...type, ...numbers(fields, ['gen', 'm', 'time'])], sizeBytes: size === undefined ? null : BigInt(size), data: []};
  }

  #close(): void {
    const batch = this.#batch;
    this.#batch = null;
    if (!batch) return;
    this.#add([...batch.header, ...varintBytes(batch.sizeBytes ?? BigInt(batch.data.length), 10)]);
    this.#add(batch.data);
  }

  #add(bytes: Iterable<number>): void {
    const into = this.#batch?.data ?? this.#file;
    for (const byte of bytes) into.push(byte);
  }
}

/** `name=value` pairs, which must be exactly these in this order, as numbers of the wire. */
function numbers(text: string, fields: readonly string[]): number[] {
  const pairs = text === '' ? [] : text.split(/\s+/).map((pair) => pair.split('='));
  if (pairs.map(([name]) => name).join(' ') !== fields.join(' ')) throw new Error(`Expected ${fields.join(' ') || 'nothing'}`);
  return pairs.flatMap(([name, value]) => varintBytes(number(name, value)));
}

function number(name: string, value: string): bigint {
  if (value === 'none') return NONE;
  const state: unknown = name === 'gstatus' ? GoStatus[value as keyof typeof GoStatus] : name === 'pstatus' ? ProcStatus[value as keyof typeof ProcStatus] : undefined;
  return typeof state === 'number' ? BigInt(state) : BigInt(value);
}
