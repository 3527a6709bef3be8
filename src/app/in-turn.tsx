/**
 * Parts of the page that take up another revision of the session one after another, each in a task of its own: while files are read all
 * of them have something new to show at once, and together they would hold up the page. All of them come after the flame graph, which is
 * what the page is opened for: while it is computed and painted they would take the cores from it. What the user does reaches all at once.
 */
import {useContext, useEffect, useState, type ReactNode} from 'react';
import {RevisionContext} from '../state/use-answer.ts';
import {ScopeContext} from '../state/use-scope.ts';
import {useStoreItself} from '../state/use-store.ts';

/** `turn`: after so many tasks, 1 or more. */
export function InTurn({turn, children}: {readonly turn: number; readonly children: ReactNode}) {
  const {state} = useStoreItself();
  const scope = useContext(ScopeContext);
  const revision = useContext(RevisionContext);
  const [shown, setShown] = useState({scope, revision});
  const isWaiting = shown.revision !== revision;
  useEffect(() => {
    if (!isWaiting) {
      setShown((before) => (before.scope === scope ? before : {scope, revision}));
      return undefined;
    }
    let stop = () => {};
    const afterTasks = (tasks: number, run: () => void) => {
      const timer = setTimeout(() => (tasks > 1 ? afterTasks(tasks - 1, run) : run()));
      stop = () => clearTimeout(timer);
    };
    const afterFlame = (run: () => void) => {
      if (state.getState().work?.derivation !== 'flame') {
        run();
        return;
      }
      stop = state.subscribe(({work}) => {
        if (work?.derivation === 'flame') return;
        stop();
        run();
      });
    };
    // One task, in which the flame graph asks.
    afterTasks(1, () => afterFlame(() => afterTasks(turn, () => setShown({scope, revision}))));
    return () => stop();
  }, [state, isWaiting, scope, revision, turn]);
  return (
    <RevisionContext value={shown.revision}>
      <ScopeContext value={isWaiting ? shown.scope : scope}>{children}</ScopeContext>
    </RevisionContext>
  );
}
