/** The page: what is shown when. */
import {Component, lazy, memo, Suspense, useContext, useEffect, useState, type ComponentType, type ReactNode} from 'react';
import {RevisionContext} from '../state/use-answer.ts';
import {CommandsContext} from '../state/use-commands.ts';
import {ScopeContext, useNewScope} from '../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../state/use-store.ts';
import {FolderNotices} from '../views/opening/folder-notices.tsx';
import {StartView} from '../views/start/view.tsx';
import {Announcer} from '../views/ui/announce.tsx';
import {Button} from '../views/ui/button.tsx';
import {Announcements} from './announcements.tsx';
import {Bar} from './bar.tsx';
import {DropTarget} from './drop-target.tsx';
import {examples} from './examples.ts';
import {InTurn} from './in-turn.tsx';
import {KeysSheet} from './keys-sheet.tsx';
import {PageCommands} from './page-commands.tsx';
import {Palette} from './palette/palette.tsx';
import {SkipLinks} from './skip-links.tsx';

/** The explorer comes in a file of its own: the start page is there before it, and it is there before a file is chosen. */
const explorer = import('./explorer.tsx');
const LateExplorer = lazy(() => explorer.then((module) => ({default: module.Explorer})));
let LoadedExplorer: ComponentType | null = null;
void explorer.then((module) => (LoadedExplorer = module.Explorer), () => undefined);
/** Takes nothing from the shell but contexts: a new answer in the shell does not draw it anew. */
const TopBar = memo(Bar);

export function Shell() {
  const scope = useNewScope();
  const revision = useStore((state) => state.revision);
  const hasSources = useStore(({sources}) => sources.length > 0);
  const shownScope = hasSources ? scope : null;
  const broken = useStore((state) => state.broken);
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
            <InTurn turn={1}><TopBar /></InTurn>
            <Notices />
            <Suspense fallback={<main className="explore" />}>
              {hasSources ? <Explorer /> : <main><StartView examples={examples} /></main>}
              <InTurn turn={4}><Shown /></InTurn>
            </Suspense>
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

/** React shows nothing for 0.3 s instead of what is lazy, even when that is there. */
function Explorer() {
  const [Shown] = useState<ComponentType>(() => LoadedExplorer ?? LateExplorer);
  return <Shown />;
}

/** Says which revision the views have asked about. Its turn is after theirs, so they have asked by then. */
function Shown() {
  const revision = useContext(RevisionContext);
  const setShownRevision = useStore((state) => state.setShownRevision);
  useEffect(() => setShownRevision(revision), [revision, setShownRevision]);
  return null;
}

function Overlays() {
  const overlay = useStore((state) => state.overlay);
  return overlay === 'palette' ? <Palette /> : overlay === 'keys' ? <KeysSheet /> : null;
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
