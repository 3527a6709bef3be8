/** The way to the worker that reads a part of a file: what is asked of it, what is heard of it, and its end. */
import {expect, test} from 'vitest';
import type {FilePart, PartRead} from '../formats/format.ts';
import {traceFromText} from '../testing/trace-from-text.ts';
import type {FromPartReader, ToPartReader} from './protocol.ts';
import {SecondWorker} from './second-worker.ts';

/** The other end of the port, which the test speaks for. */
class SpokenPort extends EventTarget {
  isStarted = false;
  isClosed = false;
  readonly asked: ToPartReader[] = [];

  start(): void {
    this.isStarted = true;
  }

  close(): void {
    this.isClosed = true;
  }

  postMessage(message: ToPartReader): void {
    this.asked.push(message);
  }

  says(message: FromPartReader): void {
    this.dispatchEvent(new MessageEvent('message', {data: message}));
  }
}

const part: FilePart = {format: 'perf-script', start: 2, end: 6, told: {}};
const read: PartRead = {trace: traceFromText('0us\nmain.f'), left: {}};

function secondOf(content: string, mayBegin: () => boolean = () => true) {
  const port = new SpokenPort();
  const counts: number[] = [];
  let ends = 0;
  const second: SecondWorker = new SecondWorker(port as unknown as MessagePort, new Blob([content]), {onBytes: () => counts.push(second.bytes), mayBegin, onEnd: () => ends++});
  return {port, second, counts, ends: () => ends};
}

test('it is given the bytes of the part; what it reads comes back, its bytes count, and it has nothing more to do', async () => {
  const {port, second, counts, ends} = secondOf('0123456789');
  const coming = second.read(part);
  expect([port.isStarted, port.asked[0].part, await port.asked[0].blob.text()]).toEqual([true, part, '2345']);
  port.says({kind: 'progress', bytes: 3});
  expect(ends()).toBe(0);
  port.says({kind: 'part', read});
  expect(await coming).toBe(read);
  expect([counts, second.bytes, port.isClosed, ends()]).toEqual([[3], 3, true, 1]);
});

test.each<[string, (of: ReturnType<typeof secondOf>) => void]>([
  ['could not be read apart', ({port}) => port.says({kind: 'part', read: null})],
  ['is of no use, or broke its reader', ({second}) => second.stop()],
])('a part that %s is none, and its bytes do not count: they are read again', async (_, end) => {
  const of = secondOf('0123456789');
  const coming = of.second.read(part);
  of.port.says({kind: 'progress', bytes: 3});
  end(of);
  expect([await coming, of.second.bytes, of.port.isClosed, of.ends()]).toEqual([null, 0, true, 1]);
  of.port.says({kind: 'progress', bytes: 4});
  expect(of.second.bytes).toBe(0);
});

test('once it was stopped nothing is asked of it', async () => {
  const {second, port} = secondOf('x'.repeat(1 << 20));
  second.stop();
  expect([second.wants(1000), await second.read(part), port.asked]).toEqual([null, null, []]);
});

test('it begins when it may, in the middle of what is not read by then', () => {
  let mayBegin = false;
  const {second} = secondOf('x'.repeat(1 << 20), () => mayBegin);
  expect(second.wants(1000)).toBeNull();
  mayBegin = true;
  const {start, end} = second.wants(1000)!;
  expect((start - 1000) / ((1 << 20) - start)).toBeCloseTo(1, 0);
  expect(end).toBeLessThan(1 << 20);
});
