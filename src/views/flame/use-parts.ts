/** What is asked for the picture chosen, and the parts that the answers make. */
import {useMemo} from 'react';
import type {FlameAnswer, FlameForm, FlameQuestion} from '../../derive/flame/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {rebased, useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {shortName} from '../../base/short-name.ts';
import type {FlamePart} from './part.ts';

export interface Parts {
  /** None: nothing is drawn. */
  readonly parts: readonly FlamePart[];
  /** Of the first part, drawn or not. */
  readonly answer: FlameAnswer | null;
  readonly isStale: boolean;
}

/** Row 0 is the sum of all and row 1 the function: of the callers neither is drawn, of what it calls all but the sum. */
const FIRST_CALLER = 2;
const FIRST_CALLEE = 1;

export function useParts(widthPx: number): Parts {
  const copy = useCopy();
  const scope = useScope();
  const path = useStore((state) => state.path);
  const search = useStore((state) => state.searched);
  const matchCase = useStore((state) => state.matchCase);
  const isUpsideDown = useStore((state) => state.isUpsideDown);
  const chosen = useStore((state) => state.chosenFunction);
  const [first, second] = useForms();
  const question = (form: FlameForm | undefined): FlameQuestion | null =>
    scope?.query && form && widthPx > 0 ? {query: scope.query, form, path: form.kind === 'top-down' || form.kind === 'bottom-up' ? path : [], widthPx, search, ignoreCase: !matchCase} : null;
  const above = useAnswer('flame', question(first));
  const below = useAnswer('flame', question(second));
  const isStale = above.isStale || below.isStale;
  const parts = useMemo((): FlamePart[] => {
    const {answer} = above;
    if (!answer || answer.treeWeight === 0) return [];
    switch (answer.form.kind) {
      case 'top-down': return [{id: 'top-down', answer, label: copy.flame.title, isUpsideDown, deeperIsCaller: false, firstDepth: 0}];
      case 'time': return [{id: 'time', answer, label: copy.flame.pictures.time, isUpsideDown, deeperIsCaller: false, firstDepth: 0}];
      case 'bottom-up': return [{id: 'bottom-up', answer, label: copy.flame.pictures['bottom-up'], isUpsideDown, deeperIsCaller: true, firstDepth: 0}];
      case 'callers':
      case 'callees': {
        const name = shortName(answer.form.of.name);
        const callers: FlamePart = {id: 'callers', answer, label: copy.flame.callersOf(name), isUpsideDown: true, deeperIsCaller: true, firstDepth: FIRST_CALLER};
        return below.answer?.form.kind === 'callees' ? [callers, {id: 'callees', answer: below.answer, label: copy.flame.calleesOf(name), isUpsideDown: false, deeperIsCaller: false, firstDepth: FIRST_CALLEE}] : [];
      }
    }
  }, [above, below, copy, isUpsideDown]);
  // An old sandwich beside the new question would be of another function.
  return {parts: first || !chosen ? parts : [], answer: above.answer, isStale};
}

/** The questions that the picture asks. */
function useForms(): readonly FlameForm[] {
  const scope = useScope();
  const picture = useStore((state) => state.picture);
  const chosen = useStore((state) => state.chosenFunction);
  const per = useStore((state) => state.timePer);
  const row = useStore((state) => state.timeRow);
  const kept = useStore((state) => state.timeWindow);
  const group = scope?.group ?? null;
  switch (picture) {
    case 'top-down':
    case 'bottom-up': return [{kind: picture}];
    case 'time': return [{kind: 'time', per, row, window: group && rebased(kept, group)}];
    case 'sandwich': return chosen ? [{kind: 'callers', of: chosen}, {kind: 'callees', of: chosen}] : [];
  }
}
