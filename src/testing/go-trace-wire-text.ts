/** The bytes of a Go trace -> the text of `go-trace-wire.ts`. For reading a recording, and to show that the writer writes what Go does. */
import {BatchReader, type Batch} from '../formats/go-trace/batches.ts';
import {Ev, timedEvents} from '../formats/go-trace/event-types.ts';
import {VarintReader} from '../formats/go-trace/varint.ts';
import {utf8} from '../base/bytes/text.ts';
import {streamOf} from './bytes.ts';
import {NONE, tableRows} from './go-trace-wire.ts';

const rowsByType = new Map(Object.entries(tableRows).map(([name, {type, fields}]) => [type, {name, fields}]));

/** The text of a whole trace that nothing is wrong with. */
export async function wireText(bytes: Uint8Array): Promise<string> {
  const batches = new BatchReader(streamOf(bytes));
  const lines = [`trace go 1.${await batches.header()}`];
  for (;;) {
    const read = await batches.next();
    if (read.kind === 'end') return `${lines.join('\n')}\n`;
    if (read.kind === 'broken') throw new Error(read.message);
    if (read.kind === 'end-of-generation') lines.push('end of generation');
    else lines.push(...batchLines(read));
  }
}

function batchLines(batch: Batch): string[] {
  const header = `gen=${batch.generation} m=${batch.m === -1 ? 'none' : batch.m} time=${batch.time}`;
  const {data} = batch;
  // There is one experiment so far.
  if (batch.kind === 'experiment') return [`experiment 1 ${header}`, ...(data.length > 0 ? [`  bytes ${[...data].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`] : [])];
  const reader = new VarintReader(data);
  const lines = [`batch ${header}`];
  while (reader.at < reader.end) lines.push(...rowLines(reader));
  return lines;
}

function rowLines(reader: VarintReader): string[] {
  const type = reader.bytes[reader.at++];
  if (type === Ev.String) return [`  String ${numbers(reader, ['id'])} ${stringText(reader)}`];
  if (type === Ev.Stack) {
    const head = `  Stack ${numbers(reader, ['id'])}`;
    return [head, ...Array.from({length: reader.next()}, () => `    frame ${numbers(reader, ['pc', 'func', 'file', 'line'])}`)];
  }
  const row = rowsByType.get(type);
  const name = row?.name ?? timedEvents[type]!.name;
  return [`  ${name} ${numbers(reader, row?.fields ?? ['dt', ...timedEvents[type]!.args])}`.trimEnd()];
}

function numbers(reader: VarintReader, fields: readonly string[]): string {
  return fields
    .map((name) => {
      const value = reader.next();
      const exact = reader.exact ?? BigInt.asUintN(64, BigInt(value));
      return `${name}=${exact === NONE ? 'none' : exact}`;
    })
    .join(' ');
}

function stringText(reader: VarintReader): string {
  const length = reader.next();
  const bytes = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return JSON.stringify(utf8(bytes));
}
