/** Which files of a folder are worth opening. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {gzipped} from '../testing/bytes.ts';
import {canBeOpened} from './look.ts';

const fixture = (path: string) => new Blob([readFileSync(new URL(`../formats/${path}`, import.meta.url))]);

test('a file that a format claims can be opened, in gzip too, and a binary', async () => {
  expect(await canBeOpened(fixture('perf-script/fixtures/header-monotonic.txt'))).toBe(true);
  expect(await canBeOpened(fixture('go-trace/fixtures/go122.trace'))).toBe(true);
  expect(await canBeOpened(new Blob(['\u007fELF\u0002\u0001\u0001'.padEnd(64, '\0')]))).toBe(true);
  expect(await canBeOpened(new Blob([(await gzipped('main;read 3\nmain;write 4\n')).slice()]))).toBe(true);
});

test('a file of any other kind cannot, nor an empty one, nor a gzip that breaks off in its head', async () => {
  expect(await canBeOpened(new Blob(['Dear engineer,\n']))).toBe(false);
  expect(await canBeOpened(new Blob([]))).toBe(false);
  expect(await canBeOpened(new Blob([Uint8Array.of(0x1f, 0x8b, 8, 0)]))).toBe(false);
  expect(await canBeOpened(new Blob(['PERFFILE'.padEnd(200, '\0')]))).toBe(false);
});

test('a file that is gone by now cannot, and that is no error', async () => {
  const gone = {slice: () => ({stream: () => new ReadableStream({pull: () => Promise.reject(new DOMException('gone', 'NotReadableError'))})})} as unknown as Blob;
  expect(await canBeOpened(gone)).toBe(false);
});
