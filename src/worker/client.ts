/**
 * The page's end of the session worker. Questions are asked in slots, one slot a place on the screen: one question of a slot is on its
 * way at a time, and while it is, only the newest of those that came later is kept. So a hand that pans never fills a queue. Questions
 * of one task of the page, as all views ask after a brush, go out together when it ends: what is looked at first, first.
 */
import type {Fault} from '../base/fault.ts';
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {AnswerOf, DerivationId, QuestionOf} from '../derive/registry.ts';
import type {Ask, FileToOpen, FromSession, ToSession} from './protocol.ts';

/** What became of a question. `revision`: of the session when it was answered. */
export type Reply<Id extends DerivationId> = {readonly ok: true; readonly answer: AnswerOf<Id>; readonly revision: number} | {readonly ok: false; readonly fault: Fault};

/** Messages that are about the session and not an answer. */
export type SessionNews = Exclude<FromSession, {readonly kind: 'answer'}>;

interface Waiting {
  readonly ask: Ask;
  /** The question as text, to see whether two are the same. */
  readonly key: string;
  /** Revision of the session that the asker knows of. */
  readonly revision: number;
  readonly onReply: (reply: Reply<DerivationId>) => void;
}

/** The question that the worker is at: it answers one after the other. */
export interface Work {
  /** Of the question; another one has another number. */
  readonly id: number;
  readonly derivation: DerivationId;
}

/** These go before others that are asked in the same task, in this order: they fill most of the screen, and the page draws one while the worker makes the next. */
const FIRST: readonly DerivationId[] = ['flame', 'lanes', 'overview'];
/** These after all others: nothing on the screen waits for them. */
const LAST: readonly DerivationId[] = ['binaries', 'patterns'];

interface Slot {
  readonly asked: Waiting;
  next: Waiting | null;
}

/** Opens, aligns, removes and asks; one for a page. */
export class SessionClient {
  readonly #worker: Worker;
  readonly #slots = new Map<string, Slot>();
  /** In the order of the worker, but for those that are not sent yet. */
  readonly #slotOfId = new Map<number, string>();
  /** Questions of this task of the page. */
  readonly #unsent = new Map<string, number>();
  readonly #onNews: (news: SessionNews) => void;
  readonly #onWork: (work: Work | null) => void;
  #nextId = 1;
  /** Number of the question that the worker was last said to be at; undefined: at none. */
  #told: number | undefined;

  /** `onWork`: which question the worker is at; null: none is on its way. */
  constructor(worker: Worker, onNews: (news: SessionNews) => void, onWork: (work: Work | null) => void) {
    this.#worker = worker;
    this.#onNews = onNews;
    this.#onWork = onWork;
    worker.addEventListener('message', ({data}: MessageEvent<FromSession>) => this.#heard(data));
  }

  open(source: number, file: FileToOpen, evenIfOpen: boolean): void {
    this.#post({kind: 'open', source, file, evenIfOpen});
  }

  look(id: number, files: readonly Blob[]): void {
    this.#post({kind: 'look', id, files});
  }

  remove(source: number): void {
    this.#post({kind: 'remove', source});
  }

  stopAgain(source: number): void {
    this.#post({kind: 'stop-again', source});
  }

  align(source: number, choice: AlignmentChoice | null): void {
    this.#post({kind: 'align', source, choice});
  }

  /**
   * Asks in a slot. `revision`: of the session that the answer shall be of, or of a later one. `onReply` is called once, or never when a
   * later question of the slot takes its place.
   */
  ask<Id extends DerivationId>(slot: string, derivation: Id, question: QuestionOf<Id>, revision: number, onReply: (reply: Reply<Id>) => void): void {
    // One generic pair is not seen as a member of the union of all pairs.
    const ask = {derivation, question} as Ask;
    const waiting = {ask, key: JSON.stringify(ask), revision, onReply: onReply as Waiting['onReply']};
    const open = this.#slots.get(slot);
    if (!open || this.#unsent.has(slot)) this.#gather(slot, waiting);
    else open.next = waiting;
  }

  /** Forgets what a slot waits for. */
  forget(slot: string): void {
    const open = this.#slots.get(slot);
    const unsent = this.#unsent.get(slot);
    if (unsent !== undefined) {
      this.#unsent.delete(slot);
      this.#slots.delete(slot);
      this.#slotOfId.delete(unsent);
      this.#tellWork();
    } else if (open) this.#slots.set(slot, {asked: {...open.asked, onReply: () => {}}, next: null});
  }

  #gather(slot: string, waiting: Waiting): void {
    if (this.#unsent.size === 0) queueMicrotask(() => this.#sendGathered());
    const id = this.#unsent.get(slot) ?? this.#nextId++;
    this.#unsent.set(slot, id);
    this.#slots.set(slot, {asked: waiting, next: null});
    this.#slotOfId.set(id, slot);
    this.#tellWork();
  }

  #sendGathered(): void {
    const gathered = [...this.#unsent].map(([slot, id]) => ({slot, id, ask: this.#slots.get(slot)!.asked.ask}));
    this.#unsent.clear();
    for (const {slot, id, ask} of gathered.sort((a, b) => rank(a.ask.derivation) - rank(b.ask.derivation))) {
      this.#slotOfId.delete(id);
      this.#slotOfId.set(id, slot);
      this.#post({kind: 'ask', id, ask});
    }
    this.#tellWork();
  }

  #send(slot: string, waiting: Waiting): void {
    const id = this.#nextId++;
    this.#slots.set(slot, {asked: waiting, next: null});
    this.#slotOfId.set(id, slot);
    this.#post({kind: 'ask', id, ask: waiting.ask});
  }

  #heard(message: FromSession): void {
    if (message.kind === 'answer') this.#settle(message.id, {ok: true, answer: message.answer, revision: message.revision});
    else if (message.kind === 'failed' && message.ask !== null) this.#settle(message.ask, {ok: false, fault: message.fault});
    else this.#onNews(message);
  }

  #settle(id: number, reply: Reply<DerivationId>): void {
    const slot = this.#slotOfId.get(id);
    this.#slotOfId.delete(id);
    const open = slot === undefined ? undefined : this.#slots.get(slot);
    if (slot === undefined || !open) return;
    this.#slots.delete(slot);
    const {asked, next} = open;
    // The session may have moved on while the question was on its way: then this is the answer to the same question asked since.
    const answersNext = next !== null && reply.ok && next.key === asked.key && reply.revision >= next.revision;
    (answersNext ? next : asked).onReply(reply);
    // The answer may have led to another question in this slot already.
    if (next && !answersNext && !this.#slots.has(slot)) this.#send(slot, next);
    this.#tellWork();
  }

  /** Said when it is another one than before: views are drawn anew by it. */
  #tellWork(): void {
    const work = this.#work();
    if (work?.id === this.#told) return;
    this.#told = work?.id;
    this.#onWork(work);
  }

  /** The question without an answer that was sent first. */
  #work(): Work | null {
    for (const [id, slot] of this.#slotOfId) {
      const open = this.#slots.get(slot);
      if (open) return {id, derivation: open.asked.ask.derivation};
    }
    return null;
  }

  #post(message: ToSession): void {
    this.#worker.postMessage(message);
  }
}

function rank(derivation: DerivationId): number {
  const first = FIRST.indexOf(derivation);
  return first < 0 ? FIRST.length + LAST.indexOf(derivation) : first - FIRST.length;
}
