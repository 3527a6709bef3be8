/** What the search found, and the way from one match to the next. Beside the field Enter and Shift+Enter do the same. */
import {useState} from 'react';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useAsk} from '../../state/use-ask.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {Button} from '../ui/button.tsx';

export function Found({answer}: {readonly answer: FlameAnswer | null}) {
  const copy = useCopy();
  const figures = useFigures();
  const weightText = useWeightText(answer?.query ?? null);
  const query = useScope()?.query ?? null;
  const search = useStore((state) => state.searched);
  const matchCase = useStore((state) => state.matchCase);
  const heedCase = useStore((state) => state.heedCase);
  const path = useStore((state) => state.path);
  const picture = useStore((state) => state.picture);
  const showPicture = useStore((state) => state.showPicture);
  const zoomTo = useStore((state) => state.zoomTo);
  const ask = useAsk('nextMatch');
  /** Where the last step led. */
  const [at, setAt] = useState<{readonly search: string; readonly text: string} | null>(null);
  const isSearching = search !== '' && query !== null;
  const go = (step: 1 | -1) => {
    if (!isSearching) return;
    ask({query, search, ignoreCase: !matchCase, path: picture === 'top-down' ? path : [], step}, (match) => {
      if (!match) return;
      // The steps are those of the tree from the top down.
      if (picture !== 'top-down') showPicture('top-down');
      zoomTo(match.path);
      setAt({search, text: copy.search.at(figures.count(match.index + 1), figures.count(match.frames))});
    });
  };
  const next = {title: copy.search.next, run: () => go(1)};
  const previous = {title: copy.search.previous, run: () => go(-1)};
  useCommands('page', !isSearching ? [] : [
    {id: 'search.next', ...next, keys: []},
    {id: 'search.previous', ...previous, keys: []},
    {id: 'search.case', title: copy.search.matchCase, keys: [], isOn: matchCase, run: () => heedCase(!matchCase)},
  ]);
  useCommands('flame', !isSearching ? [] : [{id: 'flame.next-match', ...next, keys: ['n']}, {id: 'flame.previous-match', ...previous, keys: ['N']}]);
  const hasMatches = (answer?.found?.functions ?? 0) > 0;
  return (
    <>
      <span className="flame-found" role="status">{found()}</span>
      {isSearching ? (
        <span className="flame-matches">
          {hasMatches && at?.search === search ? <span role="status">{at.text}</span> : null}
          <Button look="quiet" label={copy.search.matchCase} isOn={matchCase} onClick={() => heedCase(!matchCase)}>Aa</Button>
          <Button look="quiet" label={copy.search.previous} onClick={previous.run}>‹</Button>
          <Button look="quiet" label={copy.search.next} onClick={next.run}>›</Button>
        </span>
      ) : null}
    </>
  );

  function found(): string {
    if (!answer?.found || !isSearching) return '';
    const {functions, weight} = answer.found;
    if (functions === 0) return copy.search.notFound;
    return copy.search.found(figures.count(functions), weightText.weight(weight), figures.share(weight / Math.max(answer.treeWeight, Number.MIN_VALUE)));
  }
}
