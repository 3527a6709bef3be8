/** Who is read when: with workers that the test speaks for. */
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {FromParser, ToParser} from './protocol.ts';
import {Readers, type Reader} from './readers.ts';

class SpokenWorker extends EventTarget {
  static readonly made: SpokenWorker[] = [];
  file: string | null = null;
  maySplit = false;
  isEnded = false;
  readonly sent: ToParser[] = [];

  constructor() {
    super();
    SpokenWorker.made.push(this);
  }

  postMessage(message: ToParser): void {
    this.sent.push(message);
    if (message.kind !== 'parse') return;
    this.file = message.file.name;
    this.maySplit = message.maySplit;
  }

  terminate(): void {
    this.isEnded = true;
  }
}

beforeEach(() => {
  SpokenWorker.made.length = 0;
  vi.stubGlobal('Worker', SpokenWorker);
});

afterEach(() => vi.unstubAllGlobals());

/** Reads files of so many bytes, each named by its size; `heard` is what was told of each. */
function reading(cores: number, sizes: readonly number[]): {readers: Record<number, Reader>; heard: string[]; isDone: (name: string) => void} {
  const readers = new Readers(cores);
  const heard: string[] = [];
  const started: Record<number, Reader> = {};
  for (const size of sizes) {
    const file = {name: `${size}`, blob: new Blob(['x'.repeat(size)])};
    started[size] = readers.read(file, ({kind}) => heard.push(`${size} ${kind}`));
  }
  return {readers: started, heard, isDone: (name) => says(name, {kind: 'unreadable', faults: []})};
}

const running = () => SpokenWorker.made.filter(({file, isEnded}) => file !== null && !isEnded).map(({file}) => file);
const says = (name: string, message: FromParser) => SpokenWorker.made.find(({file}) => file === name)!.dispatchEvent(new MessageEvent('message', {data: message}));
const progress: FromParser = {kind: 'progress', bytes: 1, ofBytes: null};

test('files are read at the same time on all cores but one', () => {
  reading(4, [5, 6, 7, 8]);
  expect(running()).toEqual(['5', '6', '7']);
});

test.each([1, 2])('files are read one after the other on %i cores', (cores) => {
  const {isDone} = reading(cores, [5, 6]);
  expect(running()).toEqual(['5']);
  isDone('5');
  expect(running()).toEqual(['6']);
});

test('of the files that wait the smallest is read next', () => {
  const {isDone} = reading(2, [9, 8, 3, 7]);
  isDone('9');
  expect(running()).toEqual(['3']);
});

test('progress is no end: the next file waits on', () => {
  const {heard} = reading(2, [5, 6]);
  says('5', progress);
  expect(running()).toEqual(['5']);
  expect(heard).toEqual(['5 progress']);
});

test('a file that is stopped leaves its place to the next, and nothing more is heard of it', () => {
  const {readers, heard} = reading(2, [5, 6]);
  readers[5]!.end();
  says('5', progress);
  expect(running()).toEqual(['6']);
  expect(heard).toEqual([]);
});

test('a file that is stopped while it waits is never read', () => {
  const {readers, isDone} = reading(2, [5, 6, 7]);
  readers[6]!.end();
  isDone('5');
  expect(running()).toEqual(['7']);
});

test('a worker that breaks is told of as a bug of ours, and the next file is read', () => {
  const {heard} = reading(2, [5, 6]);
  SpokenWorker.made.find(({file}) => file === '5')!.dispatchEvent(Object.assign(new Event('error'), {message: 'out of memory'}));
  expect(heard).toEqual(['5 failed']);
  expect(running()).toEqual(['6']);
});

test('who hears of a file can answer its worker, which goes on', () => {
  const {heard} = reading(4, []);
  const file = {name: '1', blob: new Blob(['x'])};
  new Readers(4).read(file, ({kind}, answer) => {
    heard.push(kind);
    if (kind === 'wants-binaries') answer({kind: 'binaries', binaries: []});
  });
  says('1', {kind: 'wants-binaries'});
  expect([heard, running()]).toEqual([['wants-binaries'], ['1']]);
  expect(SpokenWorker.made.find((worker) => worker.file === '1')!.sent.at(-1)).toEqual({kind: 'binaries', binaries: []});
});

test.each<[number, boolean]>([[1, false], [2, true], [8, true]])('on %i cores a file alone may be read by two workers: %s', (cores, may) => {
  reading(cores, [5]);
  expect(SpokenWorker.made[0].maySplit).toBe(may);
});

test('a file beside others, read or waiting, is read by one worker', () => {
  const {isDone} = reading(2, [5, 6, 7]);
  isDone('5');
  reading(4, [8, 9]);
  const maySplit = (name: string) => SpokenWorker.made.find(({file}) => file === name)!.maySplit;
  expect([maySplit('6'), maySplit('9')]).toEqual([false, false]);
});

test('a worker stands by while files wait or none is read, and not more than one', () => {
  reading(2, [5, 6, 7]);
  expect(SpokenWorker.made.filter(({file}) => file === null)).toHaveLength(1);
});
