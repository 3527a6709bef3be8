/** A cut takes nothing from a stream and adds nothing to it. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {CutStream} from './cut-stream.ts';
import {memorySource} from './source.ts';

async function rest(stream: CutStream): Promise<number[]> {
  const all: number[] = [];
  for (let piece = await stream.read(); piece; piece = await stream.read()) all.push(...piece);
  return all;
}

test('a stream that is cut anywhere ends there, and gives all that is left when it goes on', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({maxLength: 60}), fc.nat(60), fc.integer({min: 1, max: 20}), async (bytes, cut, pieceBytes) => {
    const stream = new CutStream(memorySource('bytes', bytes, pieceBytes).open());
    stream.cutAt(cut);
    expect(await rest(stream)).toEqual([...bytes.subarray(0, cut)]);
    expect(stream.at).toBe(Math.min(cut, bytes.length));
    stream.join();
    expect(await rest(stream)).toEqual([...bytes.subarray(cut)]);
  }));
});
