/** The search field. `/` goes to it from anywhere, Escape clears it. */
import {useRef} from 'react';
import {useCommands, useRun} from '../state/use-commands.ts';
import {useCopy, useStore} from '../state/use-store.ts';

export function Search() {
  const copy = useCopy();
  const searched = useStore((state) => state.searched);
  const search = useStore((state) => state.search);
  const run = useRun();
  const input = useRef<HTMLInputElement>(null);
  useCommands('page', [{
    id: 'page.search', title: copy.bar.search, keys: ['/'],
    run: () => {
      input.current?.focus();
      input.current?.select();
    },
  }]);
  return (
    <span className="search">
      <input
        ref={input} type="search" className="field" aria-label={copy.bar.search} aria-keyshortcuts="/" placeholder={copy.bar.search} value={searched} spellCheck={false} autoComplete="off"
        onChange={({target}) => search(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') search('');
          if (event.key === 'Enter') run(event.shiftKey ? 'search.previous' : 'search.next');
        }}
      />
      {searched === '' ? <kbd aria-hidden="true">/</kbd> : null}
    </span>
  );
}
