/** The session worker: owns the open files and what was computed from them, and answers one page. */
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {Session} from '../derive/derivation.ts';
import {derivations, type AnswerOf, type DerivationId} from '../derive/registry.ts';
import {session as sessionOf} from '../derive/session.ts';
import {summary} from '../derive/summary/build.ts';
import {formats} from '../formats/registry.ts';
import {buffersOf} from '../model/trace.ts';
import {buffersOfSymbols} from '../symbols/shape.ts';
import {canBeOpened} from './look.ts';
import {OpenFiles} from './open-files.ts';
import {thrown, type Ask, type FromSession, type ToSession} from './protocol.ts';

const files = new OpenFiles(navigator.hardwareConcurrency, post, changed);
const choices = new Map<number, AlignmentChoice>();
let revision = 0;
let session: Session = sessionOf([], choices);

self.addEventListener('message', ({data}: MessageEvent<ToSession>) => heard(data));
post({kind: 'ready', formats: formats.map(({id, label, extensions}) => ({id, label, extensions}))});

function heard(message: ToSession): void {
  switch (message.kind) {
    case 'open':
      void files.open(message.source, message.file, message.evenIfOpen);
      break;
    case 'look':
      void look(message.id, message.files);
      break;
    case 'remove':
      choices.delete(message.source);
      files.remove(message.source);
      // Said also where nothing was read of it yet: the page waits for it.
      changed(message.source, false);
      break;
    case 'stop-again':
      files.stopAgain(message.source);
      break;
    case 'align':
      if (message.choice) choices.set(message.source, message.choice);
      else choices.delete(message.source);
      changed(message.source, files.isReading(message.source));
      break;
    case 'ask':
      answer(message.id, message.ask);
      break;
  }
}

/** One after another: a folder may hold thousands of files, and only their beginnings are read. */
async function look(id: number, blobs: readonly Blob[]): Promise<void> {
  const readable: boolean[] = [];
  for (const blob of blobs) readable.push(await canBeOpened(blob));
  post({kind: 'looked', id, readable});
}

/** Tables of one trace stay with the trace; what lies between sources is made anew. */
function changed(source: number, partial: boolean): void {
  session = sessionOf(files.traces, new Map(choices), files.symbols);
  revision++;
  post({kind: 'changed', revision, source, partial, heldBytes: heldBytes(), summary: summary.answer(session, {})});
}

/** A trace with names shares what is the same with the one that was parsed: each buffer counts once. */
function heldBytes(): number {
  const buffers = new Set([...files.traces, ...session.sources].flatMap(({trace}) => buffersOf(trace)));
  for (const {symbols} of files.symbols) for (const buffer of buffersOfSymbols(symbols)) buffers.add(buffer);
  let bytes = 0;
  for (const {byteLength} of buffers) bytes += byteLength;
  return bytes;
}

function answer(id: number, ask: Ask): void {
  try {
    const found = answerOf(ask);
    self.postMessage({kind: 'answer', id, revision, answer: found} satisfies FromSession, {transfer: buffersIn(found)});
  } catch (error) {
    post({kind: 'failed', ask: id, source: null, fault: thrown('internal/answer', error)});
  }
}

function answerOf({derivation, question}: Ask): AnswerOf<DerivationId> {
  const found = derivations.find(({id}) => id === derivation);
  // The pair comes typed from the page: the question is that of the derivation.
  return (found as {answer(session: Session, question: unknown): AnswerOf<DerivationId>}).answer(session, question);
}

/** The buffers of an answer's columns. Answers own them: they are moved, not copied. */
function buffersIn(found: AnswerOf<DerivationId>): ArrayBuffer[] {
  if (found === null) return [];
  return [...new Set(Object.values(found).flatMap((value: unknown) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : [])))];
}

function post(message: FromSession): void {
  self.postMessage(message);
}
