/** The page: what is shown when. */
import {Component, memo, useContext, useEffect, useRef, type KeyboardEvent as ReactKeyboardEvent, type ReactNode} from 'react';
import {RevisionContext} from '../state/use-answer.ts';
import {useFaults} from '../state/use-faults.ts';
import {CommandsContext} from '../state/use-commands.ts';
import {ScopeContext, useNewScope} from '../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../state/use-store.ts';
import {FlameView} from '../views/flame/view.tsx';
import {HeadlineView} from '../views/headline/view.tsx';
import {FolderNotices} from '../views/opening/folder-notices.tsx';
import {tabs} from '../views/registry.ts';
import {StartView} from '../views/start/view.tsx';
import {StatusView} from '../views/status/view.tsx';
import {TimelineView} from '../views/timeline/view.tsx';
import {Announcer} from '../views/ui/announce.tsx';
import {Button} from '../views/ui/button.tsx';
import {Announcements} from './announcements.tsx';
import {Bar} from './bar.tsx';
import {DropTarget} from './drop-target.tsx';
import {examples} from './examples.ts';
import {KeysSheet} from './keys-sheet.tsx';
import {PageCommands} from './page-commands.tsx';
import {Palette} from './palette/palette.tsx';
import {Panes} from './panes.tsx';
import {SkipLinks} from './skip-links.tsx';

/** The parts of the page. They take nothing from the shell but contexts: a new answer in the shell does not draw them all anew. */
const [TopBar, Headline, Timeline, Flame, Tabs, Status] = [memo(Bar), memo(HeadlineView), memo(TimelineView), memo(FlameView), memo(Details), memo(StatusView)];

export function Shell() {
  const {scope, revision} = useNewScope();
  const hasSources = useStore(({sources}) => sources.length > 0);
  const shownScope = hasSources ? scope : null;
  const broken = useStore((state) => state.broken);
  const setShownRevision = useStore((state) => state.setShownRevision);
  // Runs after the effects of the views: they have asked by then.
  useEffect(() => setShownRevision(revision), [revision, setShownRevision]);
  const commands = useContext(CommandsContext);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A widget that used the key has prevented what else it does.
      if (!event.defaultPrevented && commands.press(event, event.target)) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [commands]);
  if (broken) return <Broken stack={broken.excerpt ?? broken.message} />;
  return (
    <RevisionContext value={revision}>
      <ScopeContext value={shownScope}>
        <Announcer>
          <div className="page">
            <SkipLinks />
            <TopBar />
            <Notices />
            <main className={hasSources ? 'explore' : undefined}>
              {hasSources ? (
                <>
                  <Headline />
                  <Panes timeline={<Timeline />} flame={<Flame />} details={<Tabs />} />
                </>
              ) : <StartView examples={examples} />}
            </main>
            {hasSources ? <Status /> : null}
          </div>
          <DropTarget />
          <PageCommands />
          <Announcements />
          <Overlays />
        </Announcer>
      </ScopeContext>
    </RevisionContext>
  );
}

function Overlays() {
  const overlay = useStore((state) => state.overlay);
  return overlay === 'palette' ? <Palette /> : overlay === 'keys' ? <KeysSheet /> : null;
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
  const onKeyDown = (event: ReactKeyboardEvent) => {
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

function Notices() {
  const copy = useCopy();
  const sameFiles = useStore((state) => state.sameFiles);
  const failures = useStore((state) => state.failures);
  const folders = useStore((state) => state.folders);
  const openSameFile = useStore((state) => state.openSameFile);
  const dismissSameFile = useStore((state) => state.dismissSameFile);
  const dismissFailures = useStore((state) => state.dismissFailures);
  const figures = useFigures();
  const awaitedFiles = useStore((state) => state.awaitedFiles);
  const awaitFiles = useStore((state) => state.awaitFiles);
  return (
    <div role="status">
      {sameFiles.length + failures.length + folders.length + awaitedFiles.length === 0 ? null : (
        <ul className="notices">
          {awaitedFiles.length === 0 ? null : (
            <li>
              {copy.address.awaited(awaitedFiles.map(({name, sizeBytes}) => copy.address.file(name, sizeBytes > 0 ? figures.bytes(sizeBytes) : null)).join(', '))}
              <Button look="quiet" onClick={() => awaitFiles([])}>{copy.address.forget}</Button>
            </li>
          )}
          <FolderNotices />
          {sameFiles.map((same, i) => (
            // The same file may be dropped again and again: the place in the list is the identity.
            <li key={i}>
              {copy.same.text(same.file.name, same.openName)}
              <Button onClick={() => openSameFile(same)}>{copy.same.openAnyway}</Button>
              <Button look="quiet" onClick={() => dismissSameFile(same)}>{copy.same.dismiss}</Button>
            </li>
          ))}
          {failures.map(({code, message}) => (
            <li key={message}>
              {copy.broken.answer} <code>{code}: {message}</code>
              <Button look="quiet" onClick={dismissFailures}>{copy.same.dismiss}</Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What is left when a view throws: the same page as when the worker breaks. */
export class Boundary extends Component<{readonly children: ReactNode}, {readonly stack: string | null}> {
  override state: {readonly stack: string | null} = {stack: null};

  static getDerivedStateFromError(error: unknown) {
    return {stack: error instanceof Error ? (error.stack ?? error.message) : 'something that is no Error was thrown'};
  }

  override render() {
    const {stack} = this.state;
    return stack === null ? this.props.children : <Broken stack={stack} />;
  }
}

function Broken({stack}: {readonly stack: string}) {
  const copy = useCopy();
  return (
    <main className="broken" role="alert">
      <h1>{copy.broken.title}</h1>
      <p>{copy.broken.advice}</p>
      <p><Button look="main" onClick={() => location.reload()}>{copy.broken.reload}</Button></p>
      <pre>{stack}</pre>
    </main>
  );
}
