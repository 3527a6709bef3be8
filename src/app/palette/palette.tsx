/** The command palette: type a few letters, choose what to do or where to go. */
import {goroutineName} from '../../base/goroutine-name.ts';
import {useEffect, useId, useRef, useState, type KeyboardEvent} from 'react';
import {functionAskedFor, goroutineAskedFor} from '../../derive/find/shape.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useAllCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Dialog} from '../../views/ui/dialog.tsx';
import {Keys} from '../../views/ui/keys.tsx';
import {examples} from '../examples.ts';
import {fitting, type Entry} from './entries.ts';
import './palette.css';

/** Functions, and goroutines, that are listed. */
const LIMIT = 12;

export function Palette() {
  const copy = useCopy();
  const figures = useFigures();
  const id = useId();
  const showOverlay = useStore((state) => state.showOverlay);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const groups = fitting(useEntries(typed), typed);
  const shown = groups.flatMap(({entries}) => entries);
  const active = Math.min(at, shown.length - 1);
  const idOf = (entry: Entry) => `${id}-${entry.id}`;
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({block: 'nearest'});
  }, [active, typed]);
  const close = () => showOverlay(null);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    // The dialog gives the focus back as it goes; what runs may take it elsewhere.
    setTimeout(entry.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {ArrowDown: active + 1, ArrowUp: active - 1 + shown.length, PageDown: Math.min(active + 8, shown.length - 1), PageUp: Math.max(active - 8, 0)};
    if (event.key === 'Enter') run(shown[active]);
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) close();
    else if (steps[event.key] !== undefined) setAt(shown.length === 0 ? 0 : steps[event.key] % shown.length);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={copy.palette.title} className="palette" onClose={close}>
      <input
        type="text" role="combobox" className="palette-input" aria-label={copy.palette.title} aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list"
        aria-activedescendant={shown[active] ? idOf(shown[active]) : undefined} placeholder={copy.palette.placeholder} value={typed} autoFocus spellCheck={false} autoComplete="off" onKeyDown={onKeyDown}
        onChange={({target}) => {
          setTyped(target.value);
          setAt(0);
        }}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={copy.palette.title} className="palette-list" tabIndex={-1}>
        {groups.map(({section, entries}) => (
          <div key={section} role="group" aria-labelledby={`${id}-${section}`}>
            <div id={`${id}-${section}`} className="palette-section">{copy.palette.sections[section]}</div>
            {entries.map((entry) => (
              <div
                key={entry.id} id={idOf(entry)} role="option" aria-selected={entry === shown[active]} className="palette-entry"
                onMouseMove={() => setAt(shown.indexOf(entry))} onClick={() => run(entry)}
              >
                {entry.isCode ? <code>{entry.title}</code> : <span>{entry.title}</span>}
                {entry.detail === undefined ? null : <span className="palette-detail">{entry.detail}</span>}
                {entry.isOn === undefined ? null : <span className={entry.isOn ? 'palette-detail' : 'spoken'}>{entry.isOn ? copy.palette.on : copy.palette.off}</span>}
                {entry.keys && entry.keys.length > 0 ? <Keys keys={entry.keys.slice(0, 1)} /> : null}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={shown.length === 0 ? 'palette-none' : 'spoken'}>{shown.length === 0 ? copy.palette.none : copy.palette.found(figures.count(shown.length))}</p>
    </Dialog>
  );
}

function useEntries(typed: string): Entry[] {
  const copy = useCopy();
  const figures = useFigures();
  const commands = useAllCommands();
  const sources = useStore((state) => state.sources);
  const showTab = useStore((state) => state.showTab);
  const openFiles = useStore((state) => state.openFiles);
  const search = useStore((state) => state.search);
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  const text = typed.trim();
  const {answer} = useAnswer('find', text === '' ? null : {text, limit: LIMIT});
  // The answer may be to what was typed before: of that only what is asked for now, so that a quick Enter runs nothing else.
  const found = text === '' ? null : answer;
  const isFunctionAskedFor = functionAskedFor(text);
  const isGoroutineAskedFor = goroutineAskedFor(text);
  const nameOf = (source: number) => (sources.length > 1 ? sources.find(({id}) => id === source)?.name : undefined);
  /** What the last that is listed says of those that are not. */
  const more = (i: number, beyond = 0) => (i === LIMIT - 1 && beyond > 0 ? copy.palette.more(figures.count(beyond)) : undefined);
  return [
    ...commands.map(({id, title, keys, isOn, run}): Entry => ({id, section: 'commands', title, keys, isOn, run})),
    ...(found?.goroutines ?? []).filter(({id}) => isGoroutineAskedFor(id)).map(({source, goroutine, id, startFunction}, i): Entry => ({
      id: `goroutine-${source}-${goroutine}`, section: 'goroutines', title: goroutineName(id), detail: [startFunction, nameOf(source), more(i, found?.moreGoroutines)].filter((part) => part).join(' · '),
      run: () => chooseGoroutine({source, goroutine}),
    })),
    ...(found?.functions ?? []).filter(isFunctionAskedFor).map((name, i): Entry => ({
      id: `function-${i}`, section: 'functions', title: name, isCode: true, detail: more(i, found?.moreFunctions),
      run: () => search(name),
    })),
    ...sources.map(({id, name}): Entry => ({id: `file-${id}`, section: 'files', title: name, run: () => showTab('sources')})),
    ...examples.map(({id, files}): Entry => ({id: `example-${id}`, section: 'examples', title: copy.start.exampleNames[id]?.[0] ?? id, detail: copy.start.exampleNames[id]?.[1], run: () => openFiles(files)})),
  ];
}
