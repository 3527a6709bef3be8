/**
 * Parts of the page that take up another revision of the session one after another, each in a task of its own: while files are read all
 * of them have something new to show at once, and together they would hold up the page. What the user does reaches all at once.
 */
import {useContext, useEffect, useState, type ReactNode} from 'react';
import {RevisionContext} from '../state/use-answer.ts';
import {ScopeContext} from '../state/use-scope.ts';

/** `turn`: after so many tasks, 1 or more. */
export function InTurn({turn, children}: {readonly turn: number; readonly children: ReactNode}) {
  const scope = useContext(ScopeContext);
  const revision = useContext(RevisionContext);
  const [shown, setShown] = useState({scope, revision});
  const isWaiting = shown.revision !== revision;
  useEffect(() => {
    if (!isWaiting) {
      setShown((before) => (before.scope === scope ? before : {scope, revision}));
      return undefined;
    }
    let timer = 0;
    const wait = (turns: number) => {
      timer = window.setTimeout(() => (turns > 1 ? wait(turns - 1) : setShown({scope, revision})));
    };
    wait(turn);
    return () => clearTimeout(timer);
  }, [isWaiting, scope, revision, turn]);
  return (
    <RevisionContext value={shown.revision}>
      <ScopeContext value={isWaiting ? shown.scope : scope}>{children}</ScopeContext>
    </RevisionContext>
  );
}
