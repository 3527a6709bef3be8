/** The list of processes, their threads and names, with what each weighs. The focus stays in the field; arrow keys move in the list. */
import {useEffect, useId, useRef, useState, type KeyboardEvent, type Ref} from 'react';
import {everybody, keyOf, type ProcessRow, type ProcessesAnswer} from '../../derive/processes/shape.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useProcesses} from './use-processes.ts';
import {whoseText} from './whose-text.ts';

/** As many as anybody would scroll through; more are to be searched for. */
const MOST_ROWS = 200;

export function ProcessList({onClose}: {readonly onClose: () => void}) {
  const copy = useCopy();
  const figures = useFigures();
  const id = useId();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<readonly string[]>([]);
  const [active, setActive] = useState(0);
  const chooseWhose = useStore((state) => state.chooseWhose);
  const {answer, scope, isStale} = useProcesses({open, search, first: 0, count: MOST_ROWS});
  const activeRow = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // Newer browsers answer with a promise: an effect may not.
    activeRow.current?.scrollIntoView({block: 'nearest'});
  }, [active]);
  if (!answer || !scope) return null;
  const text = copy.process;
  const rows = rowsWithAll(answer, search);
  const current = Math.min(active, rows.length - 1);
  const chosenKey = keyOf(scope.filter);
  const choose = ({whose}: ProcessRow) => {
    chooseWhose(whose);
    onClose();
  };
  const toggle = ({whose, isOpen}: ProcessRow) => setOpen(isOpen ? open.filter((key) => key !== keyOf(whose)) : [...open, keyOf(whose)]);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    const canTurn = search === '' && row !== undefined && row.parts > 0;
    if (event.key === 'ArrowDown') setActive(Math.min(rows.length - 1, current + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, current - 1));
    else if (event.key === 'Home' && search === '') setActive(0);
    else if (event.key === 'End' && search === '') setActive(rows.length - 1);
    else if (event.key === 'ArrowRight' && canTurn && !row.isOpen) toggle(row);
    else if (event.key === 'ArrowLeft' && canTurn && row.isOpen) toggle(row);
    else if (event.key === 'ArrowLeft' && search === '' && row !== undefined && row.level > 0) setActive(rows.findLastIndex((other, at) => at < current && other.level < row.level));
    else if (event.key === 'Enter' && row) choose(row);
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="process-list" role="dialog" aria-label={text.choose}>
      <input
        className="field" type="text" role="combobox" aria-expanded="true" aria-haspopup="tree" aria-controls={`${id}-list`} aria-activedescendant={rows.length > 0 ? `${id}-${current}` : undefined}
        aria-label={text.search} placeholder={text.search} value={search} autoComplete="off" spellCheck={false} autoFocus
        onChange={({target}) => {
          setSearch(target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      {rows.length === 0 ? <p className="process-note" role="status">{text.none}</p> : null}
      <ul id={`${id}-list`} role="tree" aria-label={text.choose} className={isStale ? 'stale' : undefined}>
        {rows.map((row, at) => (
          <Row key={keyOf(row.whose)} row={row} id={`${id}-${at}`} ref={at === current ? activeRow : null} share={answer.weight > 0 ? row.weight / answer.weight : 0} isActive={at === current} isChosen={keyOf(row.whose) === chosenKey} name={nameOf(row)} onChoose={() => choose(row)} onToggle={() => toggle(row)} />
        ))}
      </ul>
      {answer.listed > MOST_ROWS ? <p className="process-note">{text.more(figures.count(answer.listed - MOST_ROWS))}</p> : null}
      {answer.hasPids ? null : <p className="process-note">{text.noPids}</p>}
    </div>
  );

  function nameOf({whose, name}: ProcessRow): string {
    if (keyOf(whose) !== keyOf(everybody)) return whoseText(whose, name, copy);
    return answer?.hasPids ? text.everyProcess(figures.count(answer.processes)) : text.everyName(figures.count(answer?.processes ?? 0));
  }
}

/** What stands for everybody comes first, where nothing is searched for. */
function rowsWithAll({rows, samples, weight}: ProcessesAnswer, search: string): readonly ProcessRow[] {
  return search === '' ? [{level: 0, whose: everybody, name: '', samples, weight, parts: 0, isOpen: false, isOfTrace: false}, ...rows] : rows;
}

interface RowProps {
  readonly row: ProcessRow;
  readonly id: string;
  readonly ref: Ref<HTMLLIElement>;
  readonly name: string;
  readonly share: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

function Row({row, id, ref, name, share, isActive, isChosen, onChoose, onToggle}: RowProps) {
  const copy = useCopy();
  const figures = useFigures();
  return (
    <li
      ref={ref} id={id} role="treeitem" aria-level={row.level + 1} aria-selected={isChosen} {...(row.parts > 0 ? {'aria-expanded': row.isOpen} : {})}
      className={`process-row process-level-${row.level}${isActive ? ' process-active' : ''}`} onClick={onChoose}
    >
      <span
        className="process-turn" aria-hidden="true" title={row.parts > 0 ? copy.process.open(name) : undefined}
        onClick={(event) => {
          if (row.parts === 0) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.parts === 0 ? '' : row.isOpen ? '▾' : '▸'}
      </span>
      <span className="process-name">{name}</span>
      {row.isOfTrace ? <span className="process-of-trace" title={copy.process.ofTraceWhy}>{copy.process.ofTrace}</span> : null}
      <span className="process-bar" aria-hidden="true"><span style={{width: `${share * 100}%`}} /></span>
      <span className="process-share">{figures.share(share)}</span>
    </li>
  );
}
