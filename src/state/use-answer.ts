/** React's door to the worker: asks, and shows the old answer till the new one is there. */
import {useEffect, useId, useState} from 'react';
import type {Fault} from '../base/fault.ts';
import type {AnswerOf, DerivationId, QuestionOf} from '../derive/registry.ts';
import {useStore, useStoreItself} from './use-store.ts';

export interface Answered<Id extends DerivationId> {
  /** null: not there yet, or the question has none. */
  readonly answer: AnswerOf<Id> | null;
  /** The answer is to an earlier question, or to one about what was open before. */
  readonly isStale: boolean;
  readonly fault: Fault | null;
}

/** The answer to a question, asked again whenever it or what is open changes. A `null` question asks nothing and has no answer. */
export function useAnswer<Id extends DerivationId>(derivation: Id, question: QuestionOf<Id> | null): Answered<Id> {
  const {client} = useStoreItself();
  const revision = useStore((state) => state.revision);
  const slot = useId();
  const asked = question === null || revision === 0 ? null : JSON.stringify(question);
  const key = `${revision} ${asked}`;
  const [got, setGot] = useState<{key: string; answer: AnswerOf<Id> | null; fault: Fault | null} | null>(null);
  useEffect(() => {
    if (asked === null) {
      client.forget(slot);
      return;
    }
    client.ask(slot, derivation, JSON.parse(asked) as QuestionOf<Id>, revision, (reply) => {
      // An answer may be of a later session than was known when it was asked for.
      setGot(reply.ok ? {key: `${reply.revision} ${asked}`, answer: reply.answer, fault: null} : {key, answer: null, fault: reply.fault});
    });
  }, [client, slot, derivation, asked, revision, key]);
  useEffect(() => () => client.forget(slot), [client, slot]);
  if (asked === null) return {answer: null, isStale: false, fault: null};
  return {answer: got?.answer ?? null, isStale: got?.key !== key, fault: got?.fault ?? null};
}
