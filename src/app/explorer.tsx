/** What is shown of open files: the headline, the panes, the status line. */
import {memo, useRef, type KeyboardEvent} from 'react';
import {useCommands} from '../state/use-commands.ts';
import {useFaults} from '../state/use-faults.ts';
import {useCopy, useFigures, useStore} from '../state/use-store.ts';
import {FlameView} from '../views/flame/view.tsx';
import {HeadlineView} from '../views/headline/view.tsx';
import {tabs} from '../views/registry.ts';
import {StatusView} from '../views/status/view.tsx';
import {TimelineView} from '../views/timeline/view.tsx';
import {InTurn} from './in-turn.tsx';
import {Panes} from './panes.tsx';

/** Memos: the parts take nothing but contexts, and are drawn anew by their own answers only. */
const [Headline, Timeline, Flame, Tabs, Status] = [memo(HeadlineView), memo(TimelineView), memo(FlameView), memo(Details), memo(StatusView)];

export function Explorer() {
  return (
    <>
      <main className="explore">
        <InTurn turn={1}><Headline /></InTurn>
        <Panes timeline={<InTurn turn={2}><Timeline /></InTurn>} flame={<Flame />} details={<InTurn turn={3}><Tabs /></InTurn>} />
      </main>
      <InTurn turn={3}><Status /></InTurn>
    </>
  );
}

/** The tabs. Arrow keys go from one to the next. */
function Details() {
  const copy = useCopy();
  const figures = useFigures();
  const chosen = useStore((state) => state.tab);
  const showTab = useStore((state) => state.showTab);
  const list = useRef<HTMLDivElement>(null);
  const faults = useFaults().reduce((sum, {group}) => sum + group.count, 0);
  const tab = tabs.find(({id}) => id === chosen) ?? tabs[0];
  useCommands('page', tabs.map(({id, title}) => ({id: `page.tab-${id}`, title: copy.palette.show(title(copy)), keys: [], run: () => showTab(id)})));
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (tabs.indexOf(tab) + step + tabs.length) % tabs.length;
    showTab(tabs[next].id);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <section className="details" aria-label={copy.tabs}>
      <div ref={list} role="tablist" aria-label={copy.tabs} onKeyDown={onKeyDown}>
        {tabs.map(({id, title}) => (
          <button key={id} type="button" role="tab" id={`tab-${id}`} aria-controls={`panel-${id}`} aria-selected={id === tab.id} tabIndex={id === tab.id ? 0 : -1} onClick={() => showTab(id)}>
            {title(copy)}{id === 'faults' && faults > 0 ? ` ${figures.count(faults)}` : ''}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`panel-${tab.id}`} aria-labelledby={`tab-${tab.id}`} tabIndex={0}>
        <tab.View />
      </div>
    </section>
  );
}
