/** Who is read when: with workers that the test speaks for. */
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {FromParser, ToParser} from './protocol.ts';
import {Readers, type Reader} from './readers.ts';

class SpokenWorker extends EventTarget {
  static readonly made: SpokenWorker[] = [];
  file: string | null = null;
  /** It reads with a second one. */
  isSplit = false;
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
    this.isSplit = message.second !== null;
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
    const file = {name: `${size}`, blob: {size} as Blob};
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

const MIB = 1 << 20;
const isSplit = (size: number) => SpokenWorker.made.find(({file}) => file === `${size}`)!.isSplit;
const seconds = () => SpokenWorker.made.filter(({sent}) => sent.some(({kind}) => kind === 'second'));

test.each<[cores: number, mib: number, isSplit: boolean]>([
  [1, 1000, false], [2, 1000, true], [2, 256, true], [2, 255, false], [4, 255, true], [4, 32, true], [4, 31, false],
])('on %i cores a file of %i MiB alone is read by two workers: %s', (cores, mib, expected) => {
  reading(cores, [mib * MIB]);
  expect([isSplit(mib * MIB), seconds().length]).toEqual([expected, expected ? 1 : 0]);
});

test('a file beside others, read or waiting, is read by one worker', () => {
  const {isDone} = reading(2, [500 * MIB, 600 * MIB, 700 * MIB]);
  isDone(`${500 * MIB}`);
  reading(4, [800 * MIB, 900 * MIB]);
  expect([isSplit(600 * MIB), isSplit(900 * MIB)]).toEqual([false, false]);
});

test('the second worker ends when it is of no use any more, and with the file', () => {
  const {readers} = reading(2, [500 * MIB]);
  says(`${500 * MIB}`, {kind: 'alone'});
  expect([seconds()[0].isEnded, running()]).toEqual([true, [`${500 * MIB}`]]);
  readers[500 * MIB]!.end();
  const other = reading(2, [600 * MIB]);
  other.readers[600 * MIB]!.end();
  expect(seconds().map(({isEnded}) => isEnded)).toEqual([true, true]);
});

test('where the second worker breaks, the first is told so and reads on', () => {
  const {heard} = reading(2, [500 * MIB]);
  seconds()[0].dispatchEvent(new Event('error'));
  const first = SpokenWorker.made.find(({file}) => file !== null)!;
  expect([first.sent.at(-1), first.isEnded, seconds()[0].isEnded, heard]).toEqual([{kind: 'second-broke'}, false, true, []]);
});

test('after the last file another worker stands by, a while later', () => {
  vi.useFakeTimers();
  try {
    const {isDone} = reading(2, [5]);
    isDone('5');
    const standing = () => SpokenWorker.made.filter(({file, isEnded}) => file === null && !isEnded).length;
    expect(standing()).toBe(0);
    vi.runAllTimers();
    expect(standing()).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a worker stands by while files wait or none is read, and not more than one', () => {
  reading(2, [5, 6, 7]);
  expect(SpokenWorker.made.filter(({file}) => file === null)).toHaveLength(1);
});
