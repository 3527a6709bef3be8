/** Sources of bytes: the same content whatever they read from. */
import {expect, test} from 'vitest';
import {allBytes, bytesOf} from '../../testing/bytes.ts';
import {blobSource, counted, memorySource, webStream} from './source.ts';

const content = bytesOf('0123456789');

test('a blob and memory give the same bytes, each time they are opened', async () => {
  const blob = blobSource('a', new Blob([content]));
  const memory = memorySource('b', content, 3);
  for (const source of [blob, memory, blob, memory]) {
    expect(await allBytes(source.open())).toEqual(content);
    expect(source.sizeBytes).toBe(10);
  }
});

test('any place can be read, as far as the file goes', async () => {
  for (const source of [blobSource('a', new Blob([content])), memorySource('b', content, 3)]) {
    expect([await source.readAt!(2, 3), await source.readAt!(8, 5), await source.readAt!(10, 5)]).toEqual([bytesOf('234'), bytesOf('89'), bytesOf('')]);
  }
});

test('the end is the end however often it is asked for', async () => {
  const stream = memorySource('a', content, 10).open();
  await stream.read();
  expect([await stream.read(), await stream.read()]).toEqual([null, null]);
});

test('counting tells the sum after every piece', async () => {
  const totals: number[] = [];
  await allBytes(counted(memorySource('a', content, 4).open(), (total) => totals.push(total)));
  expect(totals).toEqual([4, 8, 10]);
});

/** What a browser gives that reads into the buffers it is given, or only into its own. */
const streams: readonly [string, (pieces: readonly string[]) => ReadableStream<Uint8Array>][] = [
  ['into a buffer of ours', (pieces) => new ReadableStream({type: 'bytes', start: (controller) => give(controller, pieces)})],
  ['into buffers of its own', (pieces) => new ReadableStream({start: (controller) => give(controller, pieces)})],
];

function give(controller: {enqueue(piece: Uint8Array<ArrayBuffer>): void; close(): void}, pieces: readonly string[]): void {
  for (const piece of pieces) controller.enqueue(bytesOf(piece));
  controller.close();
}

test.each(streams)('a web stream that reads %s gives all bytes in order, and its end however often that is asked for', async (_, made) => {
  const large = 'x'.repeat(300_000);
  const stream = webStream(made(['abc', large, 'd']));
  expect(await allBytes(stream)).toEqual(bytesOf(`abc${large}d`));
  expect([await stream.read(), await stream.read()]).toEqual([null, null]);
});

test('a web stream that breaks rejects the read', async () => {
  const pull = () => Promise.reject(new Error('gone'));
  for (const broken of [new ReadableStream({type: 'bytes', pull}), new ReadableStream<Uint8Array>({pull})]) await expect(webStream(broken).read()).rejects.toThrow('gone');
});
