/** The worker that reads a part of a file: what it is given, what is heard of it, and its end. */
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {FilePart, PartRead} from '../formats/format.ts';
import {traceFromText} from '../testing/trace-from-text.ts';
import type {FromPartReader, ToParser} from './protocol.ts';
import {SecondWorker} from './second-worker.ts';

class SpokenWorker extends EventTarget {
  static last: SpokenWorker | undefined;
  isEnded = false;
  readonly sent: ToParser[] = [];
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    SpokenWorker.last = this;
  }

  postMessage(message: ToParser): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  says(message: FromPartReader): void {
    this.dispatchEvent(new MessageEvent('message', {data: message}));
  }
}

beforeEach(() => {
  SpokenWorker.last = undefined;
  vi.stubGlobal('self', {location: {href: 'https://example.com/parse.js'}});
  vi.stubGlobal('Worker', SpokenWorker);
});

afterEach(() => vi.unstubAllGlobals());

const part: FilePart = {format: 'perf-script', start: 2, end: 6, told: {}};
const read: PartRead = {trace: traceFromText('0us\nmain.f'), left: {}};

test('the same script is given the bytes of the part; what it reads comes back, its bytes count, and it ends', async () => {
  const counts: number[] = [];
  const second: SecondWorker = new SecondWorker(new Blob(['0123456789']), () => counts.push(second.bytes), () => true);
  const coming = second.read(part);
  const worker = SpokenWorker.last!;
  const [message] = worker.sent;
  expect([worker.url, message.kind === 'part' && (await message.blob.text())]).toEqual(['https://example.com/parse.js', '2345']);
  worker.says({kind: 'progress', bytes: 3});
  worker.says({kind: 'part', read});
  expect(await coming).toBe(read);
  expect([counts, second.bytes, worker.isEnded]).toEqual([[3], 3, true]);
});

test.each<[string, (worker: SpokenWorker) => void]>([
  ['could not be read apart', (worker) => worker.says({kind: 'part', read: null})],
  ['broke its reader', (worker) => worker.dispatchEvent(new Event('error'))],
])('a part that %s is none, and its bytes do not count: they are read again', async (_, ends) => {
  const second = new SecondWorker(new Blob(['0123456789']), () => {}, () => true);
  const coming = second.read(part);
  SpokenWorker.last!.says({kind: 'progress', bytes: 3});
  ends(SpokenWorker.last!);
  expect([await coming, second.bytes, SpokenWorker.last!.isEnded]).toEqual([null, 0, true]);
});

test('a reader that is stopped ends, and its bytes do not count', () => {
  const second = new SecondWorker(new Blob(['0123456789']), () => {}, () => true);
  void second.read(part);
  SpokenWorker.last!.says({kind: 'progress', bytes: 3});
  second.stop();
  expect([second.bytes, SpokenWorker.last!.isEnded]).toEqual([0, true]);
});

test('it begins when it may, in the middle of what is not read by then', () => {
  let mayBegin = false;
  const second = new SecondWorker(new Blob(['x'.repeat(1 << 20)]), () => {}, () => mayBegin);
  expect([second.wants(1000), SpokenWorker.last]).toEqual([null, undefined]);
  mayBegin = true;
  const {start, end} = second.wants(1000)!;
  expect((start - 1000) / ((1 << 20) - start)).toBeCloseTo(1, 0);
  expect(end).toBeLessThan(1 << 20);
  void second.read(part);
  expect(SpokenWorker.last).toBeDefined();
});
