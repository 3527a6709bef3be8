/** The first thing the Tab key meets: ways past the bar to each pane. Seen only with the focus on them. */
import {useAllCommands} from '../state/use-commands.ts';
import {useCopy} from '../state/use-store.ts';

export function SkipLinks() {
  const copy = useCopy();
  const ways = useAllCommands().filter(({id}) => id.startsWith('panes.go-'));
  return ways.length === 0 ? null : (
    <nav className="skip" aria-label={copy.panes.skip}>
      {ways.map(({id, title, run}) => <button key={id} type="button" onClick={run}>{title}</button>)}
    </nav>
  );
}
