/** The table: sorted by its heads, rows picked by pointer or keys; only rows near the screen are on the page. */
import {useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type UIEvent} from 'react';
import type {GrowthRow, GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useSize} from '../ui/use-size.ts';
import {Cells} from './cells.tsx';
import {columnsOf} from './columns.ts';
import {RowName} from './row-name.tsx';
import {usePicked} from './use-picked.ts';
import {ROW_PX, type GrowthRows} from './use-growth-rows.ts';

const HEAD_PX = 30;

export function GrowthTable({answer, rows: {show}}: {readonly answer: GrowthTableAnswer; readonly rows: GrowthRows}) {
  const copy = useCopy();
  const figures = useFigures();
  const sort = useStore((state) => state.sort);
  const sortBy = useStore((state) => state.sortBy);
  const by = useStore((state) => state.growthBy);
  const search = useStore((state) => state.growthSearch);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const nameHead = useRef<HTMLTableCellElement>(null);
  const {heightPx} = useSize(scroller);
  const {widthPx: nameWidthPx} = useSize(nameHead);
  const [isCut, setCut] = useState(false);
  const {isPicked, pick, clear, openStory} = usePicked(answer);
  const columns = columnsOf(answer);
  const at = (index: number): GrowthRow | undefined => answer.rows[index - answer.first];
  // Where it is scrolled to is heard, not asked, and whether it is cut is looked at after the page was laid out: asking after each answer
  // would lay it out once more in the same task.
  const scrolledPx = useRef(0);
  useLayoutEffect(() => show(scrolledPx.current, heightPx));
  const onScroll = ({currentTarget}: UIEvent<HTMLElement>) => {
    scrolledPx.current = currentTarget.scrollTop;
    show(scrolledPx.current, heightPx);
    setCut(isCutAtRight(currentTarget));
  };
  useEffect(() => {
    const {current} = scroller;
    if (!current?.firstElementChild) return undefined;
    const observer = new ResizeObserver(() => setCut(isCutAtRight(current)));
    observer.observe(current);
    observer.observe(current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  // Another order, grouping or search is another list: it is read from its top.
  useEffect(() => {
    setActive(0);
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [by, search, sort]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, answer.rowCount - 1));
    setActive(next);
    reveal(scroller.current, next);
  };
  const page = Math.max(1, Math.floor((heightPx - HEAD_PX) / ROW_PX) - 2);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = at(active);
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => move(active - 1),
      ArrowDown: () => move(active + 1),
      PageUp: () => move(active - page),
      PageDown: () => move(active + page),
      Home: () => move(0),
      End: () => move(Infinity),
      Enter: () => row && pick(row),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  useCommands('table', [
    {id: 'growth.clear', title: copy.growth.clear, keys: ['Escape'], run: clear},
    {id: 'growth.story', title: copy.growth.openStory, keys: ['o'], run: () => openStory(at(active))},
  ]);
  const before = answer.first * ROW_PX;
  const after = (answer.rowCount - answer.first - answer.rows.length) * ROW_PX;
  return (
    <div ref={scroller} className={`growth-scroll${isCut ? ' growth-cut' : ''}`} data-place="table" onScroll={onScroll}>
      <table
        role="grid" tabIndex={0} aria-label={copy.growth.tableBy[answer.by]} aria-rowcount={answer.rowCount + 2} aria-multiselectable="false"
        aria-activedescendant={at(active) ? `growth-row-${active}` : undefined} onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} ref={column === 'name' ? nameHead : undefined} scope="col" aria-sort={sort.by === column ? (sort.descending ? 'descending' : 'ascending') : undefined} title={column === 'name' ? copy.growth.explainName[answer.by] : copy.growth.explain[column]}>
                <button type="button" onClick={() => sortBy(column)}>
                  {column === 'name' ? copy.growth.nameColumn[answer.by] : copy.growth.columns[column]}
                  <span aria-hidden="true">{sort.by === column ? (sort.descending ? ' ▾' : ' ▴') : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden="true" className="growth-spacer"><td colSpan={columns.length} style={{height: before}} /></tr> : null}
          {answer.rows.map((row, i) => {
            const index = answer.first + i;
            return (
              <tr
                key={row.key} id={`growth-row-${index}`} aria-rowindex={index + 2} aria-selected={isPicked(row)} className={index === active ? 'growth-active' : undefined}
                onClick={() => {
                  setActive(index);
                  pick(row);
                }}
              >
                <RowName row={row} by={answer.by} onStory={openStory} widthPx={nameWidthPx} />
                <Cells row={row} columns={columns} answer={answer} />
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className="growth-spacer"><td colSpan={columns.length} style={{height: after}} /></tr> : null}
          {answer.rowCount === 0 ? <tr><td className="growth-empty" colSpan={columns.length}>{search === '' ? copy.growth.empty : copy.growth.nothingFound}</td></tr> : null}
        </tbody>
        <tfoot>
          <tr aria-rowindex={answer.rowCount + 2}>
            <th scope="row">{copy.growth.total(figures.count(answer.allRows))}</th>
            <Cells row={answer.total} columns={columns} answer={answer} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** Scrolls so far that the row is between head and foot. */
function isCutAtRight({scrollWidth, scrollLeft, clientWidth}: HTMLElement): boolean {
  return scrollWidth - scrollLeft - clientWidth > 1;
}

function reveal(scroller: HTMLElement | null, row: number): void {
  if (!scroller) return;
  const top = row * ROW_PX;
  const room = scroller.clientHeight - HEAD_PX - 2 * ROW_PX;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
}
