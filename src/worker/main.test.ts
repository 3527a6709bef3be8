/** The session worker with parsers that the test speaks for: what the page is told when files come, are aligned and go. */
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {asRecorded} from '../derive/call-tree/shape.ts';
import {noFilter} from '../derive/filter/shape.ts';
import type {FunctionsAnswer} from '../derive/functions/shape.ts';
import {TraceBuilder} from '../model/builder.ts';
import {AddressKind, StackEnd} from '../model/tables.ts';
import type {Trace} from '../model/trace.ts';
import {openSymbols} from '../symbols/open.ts';
import type {Symbols} from '../symbols/shape.ts';
import {drawnBinary} from '../testing/go-tables-wire.ts';
import {traceFromText} from '../testing/trace-from-text.ts';
import type {FromParser, FromSession, ToParser, ToSession} from './protocol.ts';

/** A worker that reads a file: it says what the test wants. */
class SpokenParser extends EventTarget {
  static readonly made: SpokenParser[] = [];
  isEnded = false;
  readonly sent: unknown[] = [];

  constructor() {
    super();
    SpokenParser.made.push(this);
  }

  postMessage(message: unknown): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.isEnded = true;
  }

  says(message: FromParser): void {
    this.dispatchEvent(new MessageEvent('message', {data: message}));
  }
}

/** The global of the worker. */
class KeptScope extends EventTarget {
  readonly posted: FromSession[] = [];

  postMessage(message: FromSession): void {
    this.posted.push(message);
  }
}

let scope: KeptScope;

beforeEach(async () => {
  SpokenParser.made.length = 0;
  scope = new KeptScope();
  vi.stubGlobal('self', scope);
  vi.stubGlobal('Worker', SpokenParser);
  vi.stubGlobal('navigator', {hardwareConcurrency: 4});
  vi.resetModules();
  await import('./main.ts');
});

afterEach(() => vi.unstubAllGlobals());

const say = (message: ToSession) => scope.dispatchEvent(new MessageEvent('message', {data: message}));
/** What the page hears, but for what files look like and how large they are. */
const news = () => scope.posted.slice(1).filter(({kind}) => kind !== 'identified').map((message) => (message.kind === 'changed' ? {kind: message.kind, revision: message.revision, source: message.source, partial: message.partial} : message));
const marks = () => scope.posted.flatMap((message) => (message.kind === 'identified' ? [message.mark] : []));
const trace = (): Trace => traceFromText('0us\nmain.f');
const file = (content: string) => ({name: `${content}.txt`, blob: new Blob([content])});

/** Opens a file and gives the parser that reads it. */
async function opened(source: number, content: string, evenIfOpen = false): Promise<SpokenParser> {
  say({kind: 'open', source, file: file(content), evenIfOpen});
  return vi.waitFor(() => {
    const found = SpokenParser.made.find(({sent}) => sent.some((message) => (message as {file?: {name: string}}).file?.name === `${content}.txt`));
    if (!found) throw new Error('no parser yet');
    return found;
  });
}

test('it first says which formats it reads', () => {
  const [first] = scope.posted;
  expect(first.kind === 'ready' && first.formats.length).toBeGreaterThan(0);
});

test('what a parser says of its file the page hears under the file’s number, and the parser is ended with its file read', async () => {
  const parser = await opened(4, 'a');
  parser.says({kind: 'progress', bytes: 5, ofBytes: 9});
  parser.says({kind: 'partial', trace: trace()});
  expect(parser.isEnded).toBe(false);
  parser.says({kind: 'done', trace: trace(), mark: null});
  expect(news()).toEqual([
    {kind: 'progress', source: 4, bytes: 5, ofBytes: 9},
    {kind: 'changed', revision: 1, source: 4, partial: true},
    {kind: 'changed', revision: 2, source: 4, partial: false},
  ]);
  expect(parser.isEnded).toBe(true);
});

test('the page is told what a file looks like before anything of it is read, the same for the same file', async () => {
  await opened(1, 'a');
  expect(scope.posted.at(-1)).toMatchObject({kind: 'identified', source: 1});
  await opened(2, 'b');
  say({kind: 'open', source: 3, file: file('a'), evenIfOpen: true});
  await vi.waitFor(() => expect(marks()).toHaveLength(3));
  const [a, b, again] = marks();
  expect(again).toBe(a);
  expect(b).not.toBe(a);
});

test('the page is told how much the tables hold: more with each file, nothing without any', async () => {
  const held = () => scope.posted.flatMap((message) => (message.kind === 'changed' ? [message.heldBytes] : []));
  (await opened(1, 'a')).says({kind: 'done', trace: trace(), mark: null});
  (await opened(2, 'b')).says({kind: 'done', trace: trace(), mark: null});
  const [one, two] = held();
  expect(one).toBeGreaterThan(0);
  expect(two).toBe(2 * one);
  say({kind: 'remove', source: 1});
  say({kind: 'remove', source: 2});
  expect(held().slice(2)).toEqual([one, 0]);
});

test('aligning a file that is still being read does not say that it was read', async () => {
  const parser = await opened(1, 'a');
  parser.says({kind: 'partial', trace: trace()});
  say({kind: 'align', source: 1, choice: {how: 'as-is'}});
  expect(news().at(-1)).toEqual({kind: 'changed', revision: 2, source: 1, partial: true});
  parser.says({kind: 'done', trace: trace(), mark: null});
  say({kind: 'align', source: 1, choice: null});
  expect(news().at(-1)).toEqual({kind: 'changed', revision: 4, source: 1, partial: false});
});

test('a file that looks the same as an open one is not opened, unless it is asked for all the same', async () => {
  (await opened(1, 'a')).says({kind: 'done', trace: trace(), mark: null});
  say({kind: 'open', source: 2, file: file('a'), evenIfOpen: false});
  await vi.waitFor(() => expect(news().at(-1)).toEqual({kind: 'same-as', source: 2, open: 1}));
  const readers = () => SpokenParser.made.filter(({sent}) => sent.length > 0).length;
  expect(readers()).toBe(1);
  say({kind: 'open', source: 3, file: file('a'), evenIfOpen: true});
  await vi.waitFor(() => expect(readers()).toBe(2));
});

test('a file of the same name and size with other content is another file', async () => {
  await opened(1, 'a');
  const parser = await opened(2, 'b');
  parser.says({kind: 'done', trace: trace(), mark: null});
  expect(news()).toEqual([{kind: 'changed', revision: 1, source: 2, partial: false}]);
});

test('removing a file ends its parser, is told, and what the parser still says is not heard', async () => {
  const parser = await opened(1, 'a');
  say({kind: 'remove', source: 1});
  expect(parser.isEnded).toBe(true);
  parser.says({kind: 'done', trace: trace(), mark: null});
  expect(news()).toEqual([{kind: 'changed', revision: 1, source: 1, partial: false}]);
});

test('removing a file that is open changes the session, and its number means nothing afterwards', async () => {
  (await opened(1, 'a')).says({kind: 'done', trace: trace(), mark: null});
  say({kind: 'remove', source: 1});
  say({kind: 'ask', id: 8, ask: {derivation: 'summary', question: {}}});
  expect(news().slice(1)).toEqual([
    {kind: 'changed', revision: 2, source: 1, partial: false},
    {kind: 'answer', id: 8, revision: 2, answer: {sources: [], groups: [], reference: null}},
  ]);
});

test('a file that breaks after a first look leaves the session without it', async () => {
  const parser = await opened(1, 'a');
  parser.says({kind: 'partial', trace: trace()});
  parser.says({kind: 'failed', fault: {severity: 'fatal', code: 'internal/parse', message: 'broke'}});
  say({kind: 'ask', id: 8, ask: {derivation: 'summary', question: {}}});
  expect(news().slice(1).map((message) => message.kind)).toEqual(['changed', 'failed', 'answer']);
  expect(news().at(-1)).toMatchObject({answer: {sources: []}});
});

test('a file that is nothing is told as unreadable and is not in the session', async () => {
  const parser = await opened(1, 'a');
  parser.says({kind: 'unreadable', faults: []});
  expect(news()).toEqual([{kind: 'unreadable', source: 1, faults: []}]);
});

test('a question that makes a derivation throw comes back as a failure of that question, and the next is answered', () => {
  // The worker is handed what no page sends: a question that is none.
  say({kind: 'ask', id: 1, ask: {derivation: 'flame', question: null} as unknown as Extract<ToSession, {kind: 'ask'}>['ask']});
  say({kind: 'ask', id: 2, ask: {derivation: 'summary', question: {}}});
  expect(news()).toMatchObject([{kind: 'failed', ask: 1, source: null, fault: {code: 'internal/answer'}}, {kind: 'answer', id: 2}]);
});

test('files stand in the order in which they were opened, whichever is read first', async () => {
  const first = await opened(1, 'a');
  const second = await opened(2, 'b');
  second.says({kind: 'done', trace: trace(), mark: null});
  first.says({kind: 'done', trace: trace(), mark: null});
  say({kind: 'ask', id: 1, ask: {derivation: 'summary', question: {}}});
  expect(news().at(-1)).toMatchObject({answer: {sources: [{id: 1}, {id: 2}]}});
});

test('symbols that come give names to what is open, and take them along when they go; the page hears of both', async () => {
  const perf = await opened(1, 'perf');
  perf.says({kind: 'done', trace: unnamed(), mark: null});
  const app = await opened(2, 'kallsyms');
  app.says({kind: 'symbols', symbols: await kernelSymbols(), mark: null});
  expect(app.isEnded).toBe(true);
  const query = {source: 1, event: 0, ...asRecorded, weight: 'samples', filter: noFilter, range: null} as const;
  const functionsNow = () => {
    say({kind: 'ask', id: 7, ask: {derivation: 'functions', question: {query, sort: {by: 'total', descending: true}, search: '', ignoreCase: false, first: 0, count: 9, bins: 0, of: null}}});
    const answer = scope.posted.at(-1);
    if (answer?.kind !== 'answer') throw new Error('no answer');
    return (answer.answer as FunctionsAnswer).rows.map(({name}) => name);
  };
  expect(functionsNow()).toEqual(['do_one']);
  expect(news().filter(({kind}) => kind === 'changed')).toMatchObject([{source: 1, partial: false}, {source: 2, partial: false}]);
  say({kind: 'remove', source: 2});
  expect(functionsNow()).toEqual(['[kernel.kallsyms]']);
  expect(news().filter(({kind}) => kind === 'changed').at(-1)).toMatchObject({source: 2, partial: false});
});

describe('a capture with copies of stacks', () => {
  const binary = () => drawnBinary({functions: [{name: 'main.f', start: 0x401000, end: 0x401100}]});
  const readers = (name: string) => SpokenParser.made.filter(({sent}) => sent.some((message) => (message as {file?: {name: string}}).file?.name === `${name}.txt`));
  /** What a parser is given that asks for binaries. */
  const given = (parser: SpokenParser) => {
    parser.says({kind: 'wants-binaries'});
    const last = parser.sent.at(-1) as ToParser;
    return last.kind === 'binaries' ? last.binaries.map(({name}) => name) : [];
  };
  const changes = () => news().flatMap((message) => (message.kind === 'changed' ? [[message.source, message.partial]] : []));
  const again = () => news().flatMap((message) => (message.kind === 'again' ? [message.read?.bytes ?? null] : []));
  const copied = (end: StackEnd, ...loaded: string[]): FromParser => ({kind: 'done', trace: unnamed(end, loaded), mark: null});
  const isBinary = {kind: 'symbols', mark: null} as const;

  test('is read again by binaries that come, and without them when they go; until then it stays as it was', async () => {
    const first = await opened(1, 'perf');
    expect(given(first)).toEqual([]);
    first.says(copied(StackEnd.Lost, '/srv/app.txt'));
    (await opened(2, 'app')).says({...isBinary, symbols: binary()});
    const [, second] = readers('perf');
    expect(given(second)).toEqual(['app.txt']);
    second.says({kind: 'progress', bytes: 1, ofBytes: 4});
    expect([news().filter(({kind}) => kind === 'progress'), changes(), again()]).toEqual([[], [[1, false], [2, false]], [0, 1]]);
    second.says(copied(StackEnd.Root, '/srv/app.txt'));
    expect([second.isEnded, changes().at(-1), again().at(-1)]).toEqual([true, [1, false], null]);
    say({kind: 'remove', source: 2});
    const [, , third] = readers('perf');
    expect(given(third)).toEqual([]);
  });

  test('that is still being read when a binary comes is read again afterwards', async () => {
    const first = await opened(1, 'perf');
    expect(given(first)).toEqual([]);
    (await opened(2, 'app')).says({...isBinary, symbols: binary()});
    expect(readers('perf')).toHaveLength(1);
    first.says(copied(StackEnd.Lost, 'app.txt'));
    expect(readers('perf')).toHaveLength(2);
  });

  test('is read by the binaries that are open already, once; those that have names only are not among them', async () => {
    (await opened(1, 'app')).says({...isBinary, symbols: binary()});
    (await opened(2, 'kallsyms')).says({...isBinary, symbols: await kernelSymbols()});
    const perf = await opened(3, 'perf');
    expect(perf.sent).toHaveLength(1);
    expect(given(perf)).toEqual(['app.txt']);
    perf.says(copied(StackEnd.Root, 'app.txt'));
    expect(readers('perf')).toHaveLength(1);
  });

  test('is given only those binaries again that it has in memory, and is not read again for others', async () => {
    (await opened(1, 'app')).says({...isBinary, symbols: binary()});
    (await opened(2, 'other')).says({...isBinary, symbols: binary()});
    const perf = await opened(3, 'perf');
    expect(given(perf)).toEqual(['app.txt', 'other.txt']);
    perf.says(copied(StackEnd.Root, 'app.txt', 'libc.txt'));
    (await opened(4, 'another')).says({...isBinary, symbols: binary()});
    say({kind: 'remove', source: 2});
    expect([readers('perf').length, again()]).toEqual([1, []]);
    (await opened(5, 'libc')).says({...isBinary, symbols: binary()});
    expect(given(readers('perf')[1])).toEqual(['app.txt', 'libc.txt']);
  });

  test('of which binaries change while it is read again is read by the last of them, and its removal ends that', async () => {
    (await opened(1, 'perf')).says(copied(StackEnd.Lost, 'app.txt', 'libc.txt'));
    (await opened(2, 'app')).says({...isBinary, symbols: binary()});
    (await opened(3, 'libc')).says({...isBinary, symbols: binary()});
    const [, second, third] = readers('perf');
    expect([second.isEnded, given(third)]).toEqual([true, ['app.txt', 'libc.txt']]);
    say({kind: 'remove', source: 1});
    expect([third.isEnded, readers('perf')]).toMatchObject([true, {length: 3}]);
  });

  test('stays as it was when reading it again is stopped, until binaries change the next time', async () => {
    (await opened(1, 'perf')).says(copied(StackEnd.Lost, 'app.txt', 'libc.txt'));
    (await opened(2, 'app')).says({...isBinary, symbols: binary()});
    const before = changes().length;
    say({kind: 'stop-again', source: 1});
    expect([readers('perf')[1].isEnded, again(), changes().length]).toEqual([true, [0, null], before]);
    (await opened(3, 'other')).says({...isBinary, symbols: binary()});
    expect(readers('perf')).toHaveLength(2);
    (await opened(4, 'libc')).says({...isBinary, symbols: binary()});
    expect(given(readers('perf')[2])).toEqual(['app.txt', 'libc.txt']);
  });

  test('that cannot be read again stays as it was', async () => {
    (await opened(1, 'perf')).says(copied(StackEnd.Lost, 'app.txt'));
    (await opened(2, 'app')).says({...isBinary, symbols: binary()});
    const before = changes().length;
    readers('perf')[1].says({kind: 'failed', fault: {severity: 'fatal', code: 'input/not-readable', message: 'gone'}});
    expect([changes().length, again(), news().filter(({kind}) => kind === 'failed')]).toEqual([before, [0, null], []]);
    say({kind: 'ask', id: 9, ask: {derivation: 'summary', question: {}}});
    expect(news().at(-1)).toMatchObject({answer: {sources: [{id: 1}]}});
  });
});

test('a capture without copies of stacks is read once', async () => {
  (await opened(1, 'perf')).says({kind: 'done', trace: unnamed(), mark: null});
  (await opened(2, 'app')).says({kind: 'symbols', symbols: drawnBinary({functions: [{name: 'main.f', start: 0x401000, end: 0x401100}]}), mark: null});
  expect(SpokenParser.made.filter(({sent}) => sent.length > 0)).toHaveLength(2);
});

/** One sample in the kernel, with an address alone. `end`: how its chain ends, where stacks were copied; `loaded`: object files in memory. */
function unnamed(end: StackEnd | null = null, loaded: readonly string[] = []): Trace {
  const build = new TraceBuilder('perf-data');
  for (const dso of loaded) {
    const mapping = build.mappings.add();
    build.mappings.rows.process[mapping] = build.process(7);
    build.mappings.rows.dso[mapping] = build.string(dso);
  }
  const row = build.samples.add();
  const {rows} = build.samples;
  rows.timeNs[row] = rows.period[row] = Number.NaN;
  rows.thread[row] = rows.comm[row] = rows.cpu[row] = -1;
  rows.event[row] = build.event(build.string('cycles'));
  rows.stack[row] = build.stack(-1, build.unresolvedFrame(0xffffffff81000048n, build.string('[kernel.kallsyms]'), AddressKind.InMemory));
  if (end !== null) build.sampleStackEnd(row, end);
  return build.finish();
}

async function kernelSymbols(): Promise<Symbols> {
  const read = await openSymbols(memorySource('kallsyms', new TextEncoder().encode('ffffffff81000000 T _text\nffffffff81000040 t do_one\n')));
  if (!read.ok) throw new Error(read.fault.message);
  return read.value;
}
