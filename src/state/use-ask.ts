/** React's door to the worker for what is asked once, by a key or a click, and acted upon. What is shown is asked by use-answer.ts. */
import {useContext, useEffect, useId} from 'react';
import type {AnswerOf, DerivationId, QuestionOf} from '../derive/registry.ts';
import {RevisionContext} from './use-answer.ts';
import {useStore, useStoreItself} from './use-store.ts';

/** Asks, and calls `onAnswer` with the answer; not when the component is gone by then, or asked something else. */
export function useAsk<Id extends DerivationId>(derivation: Id): (question: QuestionOf<Id>, onAnswer: (answer: AnswerOf<Id>) => void) => void {
  const {client} = useStoreItself();
  const revision = useContext(RevisionContext);
  const failed = useStore((state) => state.failed);
  const slot = useId();
  useEffect(() => () => client.forget(slot), [client, slot]);
  return (question, onAnswer) => {
    client.ask(slot, derivation, question, revision, (reply) => {
      if (reply.ok) onAnswer(reply.answer);
      else failed(reply.fault);
    });
  };
}
