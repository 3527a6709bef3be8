/** The page's end of the session worker, with a worker that answers when the test says so. */
import {expect, test} from 'vitest';
import type {Fault} from '../base/fault.ts';
import {noFilter} from '../derive/filter/shape.ts';
import type {SummaryAnswer} from '../derive/summary/shape.ts';
import {SessionClient, type Reply, type SessionNews} from './client.ts';
import type {FromSession, ToSession} from './protocol.ts';

const SUMMARY: SummaryAnswer = {sources: [], groups: [], reference: null};
const FAULT: Fault = {severity: 'fatal', code: 'internal/answer', message: 'broke'};

/** Questions go out when the task that asks them is done. */
const sent = () => Promise.resolve();

/** A worker that keeps what it is sent. */
class KeptWorker extends EventTarget {
  readonly sent: ToSession[] = [];

  postMessage(message: ToSession): void {
    this.sent.push(message);
  }

  says(message: FromSession): void {
    this.dispatchEvent(new MessageEvent('message', {data: message}));
  }

  /** What was asked, as `id of goroutine`. */
  get asked(): string[] {
    return this.sent.flatMap((message) => (message.kind === 'ask' ? [`${message.id} ${message.ask.derivation === 'goroutine' ? message.ask.question.goroutine : message.ask.derivation}`] : []));
  }

  answers(id: number, revision = 1): void {
    this.says({kind: 'answer', id, revision, answer: SUMMARY});
  }
}

function started() {
  const worker = new KeptWorker();
  const news: SessionNews[] = [];
  const busy: boolean[] = [];
  // Of a Worker the client uses these two methods only.
  const client = new SessionClient(worker as unknown as Worker, (message) => news.push(message), (work) => busy.push(work !== null));
  const replies: string[] = [];
  /** Asks for a goroutine; what comes back is noted under its number. */
  const ask = (slot: string, goroutine: number, revision = 1) => client.ask(slot, 'goroutine', {source: 1, goroutine, range: null, event: null, weight: 'samples', counted: null, first: 0, count: 1}, revision, noted(`${goroutine}`));
  const noted = (name: string) => (reply: Reply<'goroutine'>) => {
    replies.push(`${name}: ${reply.ok ? `revision ${reply.revision}` : reply.fault.code}`);
  };
  return {worker, client, news, busy, replies, ask};
}

test('a question goes out when the task that asks it is done, and its answer comes back to the one who asked', async () => {
  const {worker, replies, ask} = started();
  ask('table', 10);
  await sent();
  expect(worker.asked).toEqual(['1 10']);
  worker.answers(1, 3);
  expect(replies).toEqual(['10: revision 3']);
});

test('while a question of a slot is on its way, only the newest of the later ones is kept', async () => {
  const {worker, replies, ask} = started();
  ask('table', 10);
  await sent();
  for (const goroutine of [11, 12, 13]) ask('table', goroutine);
  expect(worker.asked).toEqual(['1 10']);
  worker.answers(1);
  expect(worker.asked).toEqual(['1 10', '2 13']);
  worker.answers(2);
  expect(replies).toEqual(['10: revision 1', '13: revision 1']);
});

test('of the questions of one task those go first that fill the screen, and patterns last, each else in its turn', async () => {
  const {worker, client, replies, ask} = started();
  const works: (string | null)[] = [];
  const other = new KeptWorker();
  const watched = new SessionClient(other as unknown as Worker, () => {}, (work) => works.push(work && work.derivation));
  for (const of of [client, watched]) {
    of.ask('p', 'patterns', {group: 1, range: null, filter: noFilter, counted: null}, 1, () => {});
    of.ask('s', 'summary', {}, 1, () => {});
    of.ask('o', 'overview', {group: 1, widthPx: 1, event: null, filter: noFilter, counted: null}, 1, () => {});
  }
  ask('table', 10);
  await sent();
  expect(worker.asked).toEqual(['3 overview', '2 summary', '4 10', '1 patterns']);
  for (const id of [3, 2, 1]) other.answers(id);
  expect([works, replies]).toEqual([['patterns', 'overview', 'summary', 'patterns', null], []]);
});

test('a question that is forgotten before it went out never does, and one that another took the place of does not either', async () => {
  const {worker, client, busy, replies, ask} = started();
  ask('table', 10);
  ask('lanes', 20);
  ask('lanes', 21);
  client.forget('table');
  await sent();
  expect(worker.asked).toEqual(['2 21']);
  worker.answers(2);
  expect([replies, busy.at(-1)]).toEqual([['21: revision 1'], false]);
});

test('slots do not wait for one another', async () => {
  const {worker, replies, ask} = started();
  ask('table', 10);
  ask('lanes', 20);
  await sent();
  expect(worker.asked).toEqual(['1 10', '2 20']);
  worker.answers(2);
  worker.answers(1);
  expect(replies).toEqual(['20: revision 1', '10: revision 1']);
});

test('a question that led to another in its slot has the last word over the one that waited', async () => {
  const {worker, client, replies, ask} = started();
  client.ask('table', 'goroutine', {source: 1, goroutine: 1, range: null, event: null, weight: 'samples', counted: null, first: 0, count: 1}, 1, () => ask('table', 99));
  await sent();
  ask('table', 11);
  worker.answers(1);
  await sent();
  worker.answers(2);
  expect(worker.asked).toEqual(['1 1', '2 99']);
  expect(replies).toEqual(['99: revision 1']);
});

test('the same question asked again of a session that moved on is answered by the answer on its way, if that is of the later session', async () => {
  const {worker, replies, ask} = started();
  ask('table', 10, 1);
  await sent();
  ask('table', 10, 2);
  worker.answers(1, 2);
  expect([worker.asked, replies]).toEqual([['1 10'], ['10: revision 2']]);
});

test('the same question is asked again where the answer on its way is of the session before', async () => {
  const {worker, replies, ask} = started();
  ask('table', 10, 1);
  await sent();
  ask('table', 10, 2);
  worker.answers(1, 1);
  worker.answers(2, 2);
  expect([worker.asked, replies]).toEqual([['1 10', '2 10'], ['10: revision 1', '10: revision 2']]);
});

test('a slot that is forgotten hears of neither the question on its way nor the one that waits', async () => {
  const {worker, client, replies, busy, ask} = started();
  ask('table', 10);
  await sent();
  ask('table', 11);
  client.forget('table');
  worker.answers(1);
  expect([worker.asked, replies, busy.at(-1)]).toEqual([['1 10'], [], false]);
});

test('a forgotten slot can be asked anew, and waits till the old question is answered', async () => {
  const {worker, client, replies, ask} = started();
  ask('table', 10);
  await sent();
  client.forget('table');
  ask('table', 12);
  expect(worker.asked).toEqual(['1 10']);
  worker.answers(1);
  worker.answers(2);
  expect(replies).toEqual(['12: revision 1']);
});

test('a question that failed gives its fault to the one who asked, is no news, and lets the next one go', async () => {
  const {worker, replies, news, ask} = started();
  ask('table', 10);
  await sent();
  ask('table', 11);
  worker.says({kind: 'failed', ask: 1, source: null, fault: FAULT});
  worker.answers(2);
  expect([replies, news]).toEqual([['10: internal/answer', '11: revision 1'], []]);
});

test('all else that the worker says is news, in its order', () => {
  const {worker, news} = started();
  const said: SessionNews[] = [
    {kind: 'ready', formats: []},
    {kind: 'progress', source: 1, bytes: 2, ofBytes: null},
    {kind: 'failed', ask: null, source: 1, fault: FAULT},
    {kind: 'changed', revision: 1, source: 1, partial: false, heldBytes: 0, summary: {sources: [], groups: [], reference: null}},
  ];
  for (const message of said) worker.says(message);
  expect(news).toEqual(said);
});

test('it is busy from the first question to the last answer, with no rest between', async () => {
  const {worker, busy, ask} = started();
  expect(busy).toEqual([]);
  ask('table', 10);
  await sent();
  ask('table', 11);
  ask('lanes', 20);
  await sent();
  worker.answers(1);
  worker.answers(2);
  expect(busy).not.toContain(false);
  worker.answers(3);
  expect(busy.at(-1)).toBe(false);
  expect(busy.filter((isBusy) => !isBusy)).toHaveLength(1);
});

test('an answer that nobody waits for changes nothing', () => {
  const {worker, busy, replies} = started();
  worker.answers(7);
  expect([busy, replies]).toEqual([[], []]);
});

test('files are opened, aligned and removed by messages of their own', () => {
  const {worker, client} = started();
  const file = {name: 'perf.txt', url: 'https://example.test/perf.txt'};
  client.open(1, file, true);
  client.align(1, {how: 'by-hand', offsetNs: 2n ** 60n});
  client.align(1, null);
  client.remove(1);
  expect(worker.sent).toEqual([
    {kind: 'open', source: 1, file, evenIfOpen: true},
    {kind: 'align', source: 1, choice: {how: 'by-hand', offsetNs: 2n ** 60n}},
    {kind: 'align', source: 1, choice: null},
    {kind: 'remove', source: 1},
  ]);
});

test('the worker is said to be at the oldest question that has no answer yet', async () => {
  const worker = new KeptWorker();
  const works: (string | null)[] = [];
  const client = new SessionClient(worker as unknown as Worker, () => {}, (work) => works.push(work && `${work.id} ${work.derivation}`));
  client.ask('a', 'summary', {}, 1, () => {});
  client.ask('b', 'goroutine', {source: 1, goroutine: 0, range: null, event: null, weight: 'samples', counted: null, first: 0, count: 1}, 1, () => {});
  await sent();
  worker.answers(1);
  worker.answers(2);
  expect(works).toEqual(['1 summary', '2 goroutine', null]);
});
