/**
 * The three panes of an open session. Wide: the time line above, the flame graph beside the tables. Narrower than 1100 px: one under the
 * other, and the page scrolls. Narrower than 700 px: one at a time, chosen by a tab.
 */
import {useRef, type CSSProperties, type KeyboardEvent, type ReactNode} from 'react';
import {LEAST_SHARE, MOST_SHARE, panes as allPanes, type Pane, type SizedPane} from '../state/slices/panes.ts';
import {useCommands} from '../state/use-commands.ts';
import {useCopy, useStore} from '../state/use-store.ts';
import {Splitter} from '../views/ui/splitter.tsx';
import {useMedia} from '../views/ui/use-media.ts';
import {PaneTools} from './pane-tools.tsx';
import {PaneWork} from './pane-work.tsx';
import './panes.css';

const STACKED = '(width < 1100px)';
const NARROW = '(width < 700px)';
/** What the panes share where they stand one under the other: more than is seen, so the page scrolls. */
const STACK_SHARE = 0.9;

export function Panes({timeline, flame, details}: {readonly [Name in Pane]: ReactNode}) {
  const copy = useCopy();
  const {sizes, closed} = useStore((state) => state.panes);
  const fullPane = useStore((state) => state.fullPane);
  const narrowPane = useStore((state) => state.narrowPane);
  const resizePane = useStore((state) => state.resizePane);
  const closePane = useStore((state) => state.closePane);
  const openPane = useStore((state) => state.openPane);
  const isStacked = useMedia(STACKED);
  const isNarrow = useMedia(NARROW);
  const host = useRef<HTMLDivElement>(null);
  const lower = useRef<HTMLDivElement>(null);
  usePaneCommands(host);

  // What had the focus goes: it moves to what comes in its place.
  const close = (pane: Pane) => {
    closePane(pane);
    requestAnimationFrame(() => host.current?.querySelector<HTMLElement>(`.pane-strip[aria-controls=pane-${pane}]`)?.focus());
  };
  const open = (pane: Pane) => {
    openPane(pane);
    requestAnimationFrame(() => mainPart(document.getElementById(`pane-${pane}`))?.focus());
  };
  const alone = isNarrow ? narrowPane : fullPane;
  const isShown = (pane: Pane) => (alone === null ? !closed.includes(pane) : pane === alone);
  const isStrip = (pane: Pane) => alone === null && closed.includes(pane);
  const pane = (name: Pane, content: ReactNode) => (
    <>
      {isStrip(name) ? (
        <button type="button" className="pane-strip" onClick={() => open(name)} aria-expanded="false" aria-controls={`pane-${name}`} title={copy.panes.open(copy.panes.names[name])}>
          <span aria-hidden="true">▸</span> {copy.panes.names[name]}
        </button>
      ) : null}
      <div id={`pane-${name}`} className="pane" data-pane={name} hidden={!isShown(name)} role={isNarrow ? 'tabpanel' : undefined} aria-labelledby={isNarrow ? `pane-tab-${name}` : undefined}>
        {content}
        <PaneWork pane={name} />
        {isStacked ? null : <PaneTools pane={name} onClose={() => close(name)} />}
      </div>
    </>
  );
  const splitter = (name: SizedPane, lies: 'across' | 'upright') => (
    <Splitter
      label={copy.panes.border(copy.panes.names[name])} controls={`pane-${name}`} lies={lies} share={sizes[name]} least={LEAST_SHARE} most={MOST_SHARE}
      roomPx={() => (isStacked ? window.innerHeight * STACK_SHARE : ((lies === 'across' ? host.current?.clientHeight : lower.current?.clientWidth) ?? 0))}
      onResize={(share) => resizePane(name, share)} onToggle={() => close(name)}
    />
  );
  const hasLower = isShown('flame') || isShown('details');
  const style = {'--timeline-share': sizes.timeline, '--flame-share': sizes.flame} as CSSProperties;
  return (
    <>
      {isNarrow ? <NarrowTabs /> : null}
      <div ref={host} className={`panes${isStacked ? ' panes-stacked' : ''}${alone === null ? '' : ' panes-alone'}${hasLower ? '' : ' panes-without-lower'}`} style={style}>
        {pane('timeline', timeline)}
        {alone === null && isShown('timeline') && hasLower ? splitter('timeline', 'across') : null}
        <div ref={lower} className="lower" hidden={!hasLower && alone !== null}>
          {pane('flame', flame)}
          {alone === null && isShown('flame') && isShown('details') ? splitter('flame', isStacked ? 'across' : 'upright') : null}
          {pane('details', details)}
        </div>
      </div>
    </>
  );
}

/** Where one pane is shown at a time: which. Arrow keys go from one to the next. */
function NarrowTabs() {
  const copy = useCopy();
  const shown = useStore((state) => state.narrowPane);
  const showNarrowPane = useStore((state) => state.showNarrowPane);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = (allPanes.indexOf(shown) + step + allPanes.length) % allPanes.length;
    showNarrowPane(allPanes[next]);
    (list.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div ref={list} role="tablist" className="narrow-tabs" aria-label={copy.panes.title} onKeyDown={onKeyDown}>
      {allPanes.map((pane) => (
        <button key={pane} type="button" role="tab" id={`pane-tab-${pane}`} aria-controls={`pane-${pane}`} aria-selected={pane === shown} tabIndex={pane === shown ? 0 : -1} onClick={() => showNarrowPane(pane)}>
          {copy.panes.names[pane]}
        </button>
      ))}
    </div>
  );
}

/** Keys that go to a pane, give it the page, and close it. */
function usePaneCommands(host: {readonly current: HTMLElement | null}): void {
  const copy = useCopy();
  const {closed} = useStore((state) => state.panes);
  const fullPane = useStore((state) => state.fullPane);
  const fillWithPane = useStore((state) => state.fillWithPane);
  const closePane = useStore((state) => state.closePane);
  const openPane = useStore((state) => state.openPane);
  const showNarrowPane = useStore((state) => state.showNarrowPane);
  const focused = () => allPanes.find((pane) => host.current?.querySelector(`[data-pane=${pane}]`)?.contains(document.activeElement)) ?? null;
  const goTo = (pane: Pane) => {
    if (closed.includes(pane) || (fullPane !== null && fullPane !== pane)) openPane(pane);
    showNarrowPane(pane);
    // A pane that was hidden takes the focus once it is shown.
    requestAnimationFrame(() => mainPart(host.current?.querySelector(`[data-pane=${pane}]`) ?? null)?.focus());
  };
  useCommands('page', [
    ...allPanes.map((pane, i) => ({id: `panes.go-${pane}`, title: copy.panes.goTo(copy.panes.names[pane]), keys: [String(i + 1)], run: () => goTo(pane)})),
    {id: 'panes.next', title: copy.panes.next, keys: ['F6'], run: () => goTo(allPanes[(allPanes.indexOf(focused() ?? 'details') + 1) % allPanes.length])},
    {id: 'panes.full', title: copy.panes.full, keys: ['z'], isOn: fullPane !== null, run: () => fillWithPane(fullPane === null ? (focused() ?? 'flame') : null)},
    ...allPanes.map((pane) => (closed.includes(pane)
      ? {id: `panes.open-${pane}`, title: copy.panes.open(copy.panes.names[pane]), keys: [], run: () => openPane(pane)}
      : {id: `panes.close-${pane}`, title: copy.panes.close(copy.panes.names[pane]), keys: [], run: () => closePane(pane)})),
  ]);
}

/** What of a pane the keys act on. */
function mainPart(pane: Element | null): HTMLElement | null {
  const likeliest = ['[role=tree], [role=listbox], [role=application]', '[role=tab][aria-selected=true]', '[tabindex="0"], button'];
  return likeliest.map((selector) => pane?.querySelector<HTMLElement>(selector)).find((found) => found) ?? null;
}
