/** React's door to the worker: asks, and shows the old answer till the new one is there. */
import {createContext, useContext, useEffect, useId, useState} from 'react';
import type {AnswerOf, DerivationId, QuestionOf} from '../derive/registry.ts';
import {useStore, useStoreItself} from './use-store.ts';

export interface Answered<Id extends DerivationId> {
  /** null: not there yet, or the question has none. */
  readonly answer: AnswerOf<Id> | null;
  /** The answer is to an earlier question, or to one about what was open before; what is not there yet is not stale. */
  readonly isStale: boolean;
}

/**
 * Revision of the session that the scope is of. Views ask about what the scope names, so they ask anew when the scope is new, and not
 * before: what it names may be gone.
 */
export const RevisionContext = createContext(0);

/** The answer to a question, asked again whenever it or what is open changes. A `null` question asks nothing and has no answer. */
export function useAnswer<Id extends DerivationId>(derivation: Id, question: QuestionOf<Id> | null): Answered<Id> {
  const revision = useContext(RevisionContext);
  const {client} = useStoreItself();
  const newest = useStore((state) => state.revision);
  const failed = useStore((state) => state.failed);
  const slot = useId();
  const asked = question === null || revision === 0 ? null : JSON.stringify(question);
  const [got, setGot] = useState<{asked: string; revision: number; answer: AnswerOf<Id> | null} | null>(null);
  const isAnswered = got !== null && got.asked === asked && got.revision >= revision;
  useEffect(() => {
    if (asked === null) {
      client.forget(slot);
      return;
    }
    if (isAnswered) return;
    client.ask(slot, derivation, JSON.parse(asked) as QuestionOf<Id>, revision, (reply) => {
      if (!reply.ok) failed(reply.fault);
      setGot({asked, revision: reply.ok ? reply.revision : revision, answer: reply.ok ? reply.answer : null});
    });
  }, [client, slot, derivation, asked, revision, isAnswered, failed]);
  useEffect(() => () => client.forget(slot), [client, slot]);
  if (asked === null) return {answer: null, isStale: false};
  return {answer: got?.answer ?? null, isStale: got !== null && (!isAnswered || revision < newest)};
}
