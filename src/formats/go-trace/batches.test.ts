/** Batches out of bytes: in pieces of any size, to the byte, and what is said where there is none. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {varintBytes, wireBytes} from '../../testing/go-trace-wire.ts';
import {BatchReader, type BatchRead} from './batches.ts';

async function reads(bytes: Uint8Array, {pieceBytes = bytes.length || 1, mends = false} = {}): Promise<BatchRead[]> {
  const reader = new BatchReader(memorySource('', bytes, pieceBytes).open(), mends);
  expect(await reader.header()).toBe(26);
  const all: BatchRead[] = [];
  for (;;) {
    const read = await reader.next();
    if (read.kind === 'end') return all;
    all.push(read);
    if (read.kind === 'broken' && read.skippedBytes === null) return all;
  }
}

const batches = fc.array(
  fc.record({
    generation: fc.integer({min: 1, max: 300}),
    m: fc.oneof(fc.constant('none'), fc.nat(5_000_000)),
    time: fc.nat(2 ** 31 - 1),
    data: fc.uint8Array({maxLength: 400}),
    ends: fc.boolean(),
  }),
  {maxLength: 20},
);

function wireOf(all: readonly {generation: number; m: number | string; time: number; data: Uint8Array; ends: boolean}[]): Uint8Array {
  const lines = all.flatMap(({generation, m, time, data, ends}) => [
    `batch gen=${generation} m=${m} time=${time}`,
    ...(data.length > 0 ? [`bytes ${[...data].map((byte) => byte.toString(16)).join(' ')}`] : []),
    ...(ends ? ['end of generation'] : []),
  ]);
  return wireBytes(`trace go 1.26\n${lines.join('\n')}`);
}

test('every batch comes out as it went in, with the place of its data, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({min: 1, max: 100}), async (all, pieceBytes) => {
      const bytes = wireOf(all);
      const found = await reads(bytes, {pieceBytes});
      expect(found.map(({kind}) => kind)).toEqual(all.flatMap(({ends}) => (ends ? ['events', 'end-of-generation'] : ['events'])));
      const whole = found.flatMap((read) => ('data' in read ? [read] : []));
      expect(whole.map(({generation, m, time, data}) => ({generation, m, time, data}))).toEqual(all.map(({generation, m, time, data}) => ({generation, m: m === 'none' ? -1 : m, time, data})));
      for (const {byte, data} of whole) expect(bytes.subarray(byte, byte + data.length)).toEqual(data);
    }),
  );
});

test('whoever mends reads a sound file of rising generations as others do', async () => {
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      const bytes = wireOf(all.map((batch, i) => ({...batch, generation: i + 1})));
      expect(await reads(bytes, {mends: true})).toEqual(await reads(bytes));
    }),
  );
});

const HEADER = [...new TextEncoder().encode('go 1.26 trace\0\0\0')];
const padded = (size: number) => varintBytes(BigInt(size), 10);
const good = [1, 1, 7, 9, ...padded(2), 11, 1];

describe('what is no batch', () => {
  test.each([
    ['a byte that begins none', [99], 16, 'Expected a batch (byte 1 or 49), found byte 99'],
    ['a header that breaks off', [1, 1, 7], 16, 'The file ends inside the header of a batch'],
    ['a number without an end', [1, ...Array.from({length: 60}, () => 255)], 16, 'The header of a batch holds a number of more than 64 bits'],
    ['a size beyond every batch', [1, 1, 7, 9, ...padded(65537)], 30, 'A batch says that it is 65537 bytes long; 65536 is the most there can be'],
    ['a batch that breaks off', [1, 1, 7, 9, ...padded(5), 11, 1], 30, 'The file ends inside a batch: 2 of 5 bytes are there'],
  ])('%s is told with its place', async (_, bytes, byte, message) => {
    const [read] = await reads(Uint8Array.from([...HEADER, ...bytes]));
    expect(read).toMatchObject({kind: 'broken', message, byte, skippedBytes: null});
  });

  test('after it the next batch is read, however far it is', async () => {
    for (const gap of [1, 1000, 200_000]) {
      const bytes = Uint8Array.from([...HEADER, ...good, ...Array.from({length: gap}, () => 99), ...good]);
      const found = await reads(bytes, {pieceBytes: 4096});
      expect(found).toMatchObject([{kind: 'events'}, {kind: 'broken', byte: 32, skippedBytes: gap}, {kind: 'events', byte: 32 + gap + 14}]);
    }
  });

  test('what looks like a batch of a generation far away is not taken for the next one', async () => {
    const far = [1, ...varintBytes(500_000n), 7, 9, ...padded(2), 11, 1];
    const found = await reads(Uint8Array.from([...HEADER, ...good, 99, ...far, ...good]));
    expect(found).toMatchObject([{kind: 'events'}, {kind: 'broken', skippedBytes: 1 + far.length}, {kind: 'events', generation: 1}]);
  });

  test('what there is of a batch that breaks off is handed out with it', async () => {
    const [read] = await reads(Uint8Array.from([...HEADER, 1, 1, 7, 9, ...padded(5), 11, 1]));
    expect(read).toMatchObject({part: {generation: 1, m: 7, data: Uint8Array.of(11, 1), isCut: true}});
  });
});

describe('whoever mends', () => {
  test.each([0, 1, 3, 9, 14, 40, 60_000, 70_000])('finds the true end of a batch that says it is %i bytes long', async (size) => {
    const bytes = Uint8Array.from([...HEADER, ...good, 1, 1, 8, 9, ...padded(size), 21, 4, 21, 5, 21, 6, ...good, ...good]);
    const found = await reads(bytes, {mends: true});
    expect(found.map((read) => ('data' in read ? read.data.length : read.kind))).toEqual([2, 'broken', 2, 2]);
    expect(found[1]).toMatchObject({skippedBytes: 6, part: {m: 8, data: Uint8Array.of(21, 4, 21, 5, 21, 6)}});
  });

  test('believes a size that the runtime would not write so, if a batch follows', async () => {
    const bytes = Uint8Array.from([...HEADER, 1, 1, 7, 9, 2, 11, 1, 1, 1, 7, 9, 2, 11, 1, 52]);
    expect((await reads(bytes, {mends: true})).map(({kind}) => kind)).toEqual(['events', 'events', 'end-of-generation']);
  });
});

test('what is no header of a trace is no version', async () => {
  for (const text of ['', 'go 1.26 trace\0\0', 'go 1.5 trace\0\0\0\0', 'go 1.261 trace\0\0']) {
    expect(await new BatchReader(memorySource('', new TextEncoder().encode(text)).open()).header()).toBe(null);
  }
});
