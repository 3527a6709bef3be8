/** Whole lines out of pieces: nothing is lost, doubled or moved, wherever the pieces and the blocks end. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {bytesOf, streamOf} from '../../testing/bytes.ts';
import {eachLineBlock, type LineBlock} from './lines.ts';
import {PADDING} from './words.ts';

interface Given extends Pick<LineBlock, 'end' | 'firstByte' | 'cut' | 'longLine'> {
  readonly bytes: Uint8Array;
  readonly readableAfter: number;
}

async function blocksOf(...pieces: (string | Uint8Array)[]): Promise<Given[]> {
  const blocks: Given[] = [];
  await eachLineBlock(streamOf(...pieces), ({bytes, view, end, firstByte, cut, longLine}) => {
    blocks.push({bytes: bytes.slice(0, end), end, firstByte, cut, longLine, readableAfter: view.byteLength - end});
  });
  return blocks;
}

/** What the blocks hold, without newlines that the reader added. */
const joined = (blocks: readonly Given[]) => Buffer.concat(blocks.map(({bytes, cut, longLine}) => (cut || longLine ? bytes.subarray(0, -1) : bytes)));

function split(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

function expectSound(blocks: readonly Given[], content: Uint8Array): void {
  expect(joined(blocks).equals(content)).toBe(true);
  let next = 0;
  for (const [i, block] of blocks.entries()) {
    expect(block.bytes.at(-1)).toBe(10);
    expect(block.firstByte).toBe(next);
    expect(block.readableAfter).toBeGreaterThanOrEqual(PADDING);
    expect(block.cut && i < blocks.length - 1).toBe(false);
    next += block.end - (block.cut || block.longLine ? 1 : 0);
  }
  expect(blocks.at(-1)?.cut ?? false).toBe(content.length > 0 && content.at(-1) !== 10);
}

test('any text in any pieces comes out whole, in blocks that end in a newline', async () => {
  const text = fc.array(fc.constantFrom('a', 'bc', '\n', '\r\n', ''), {maxLength: 60}).map((parts) => bytesOf(parts.join('')));
  await fc.assert(fc.asyncProperty(text, fc.array(fc.integer({min: 1, max: 9}), {minLength: 1}), async (bytes, sizes) => {
    expectSound(await blocksOf(...split(bytes, sizes)), bytes);
  }));
});

test('text of several blocks comes out whole, whether pieces are small, large or as large as a block', async () => {
  let seed = 7;
  const lines: string[] = [];
  for (let bytes = 0; bytes < 3_300_000; bytes += lines.at(-1)!.length + 1) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    lines.push('x'.repeat(seed % (seed % 50 === 0 ? 300_000 : 90)));
  }
  const content = bytesOf(`${lines.join('\n')}\nlast`);
  for (const sizes of [[4096], [1 << 20], [content.length], [1, 600_000, 77]]) {
    const blocks = await blocksOf(...split(content, sizes));
    expect(blocks.length).toBeGreaterThan(2);
    expectSound(blocks, content);
  }
});

test('a file without a last newline gets one, and says so', async () => {
  const blocks = await blocksOf('a\nb');
  expect(blocks.map(({cut}) => cut)).toEqual([true]);
  expect(Buffer.from(blocks[0].bytes).toString()).toBe('a\nb\n');
});

test('an empty file gives no block', async () => {
  expect(await blocksOf()).toEqual([]);
  expect(await blocksOf('')).toEqual([]);
});

test('a line longer than 16 MiB comes in parts, each of which says that it goes on', async () => {
  const content = new Uint8Array(40_000_000).fill(120);
  content[content.length - 3] = 10;
  content[content.length - 1] = 10;
  const blocks = await blocksOf(...split(content, [1 << 20]));
  expect(blocks.map(({longLine}) => longLine)).toEqual([true, true, false]);
  expectSound(blocks, content);
});

test('a byte order mark is left out, also when it comes a byte at a time, and places still count from the start of the file', async () => {
  for (const pieces of [['\uFEFFa\nb\n'], [...split(bytesOf('\uFEFFa\nb\n'), [1])]]) {
    const blocks = await blocksOf(...pieces);
    expect(joined(blocks).toString()).toBe('a\nb\n');
    expect(blocks[0].firstByte).toBe(3);
  }
});

test('the same three bytes anywhere else stay', async () => {
  expect(joined(await blocksOf('a\uFEFF\n', '\uFEFFb\n')).toString()).toBe('a\uFEFF\n\uFEFFb\n');
});
