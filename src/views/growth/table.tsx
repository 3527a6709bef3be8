/** The table: sorted by its heads, rows picked by pointer or keys; only rows near the screen are on the page. */
import {useRef, type KeyboardEvent, type UIEvent} from 'react';
import type {GrowthRow, GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {SortHead} from '../ui/sort-head.tsx';
import {useActiveRow} from '../ui/use-active-row.ts';
import {useSize} from '../ui/use-size.ts';
import {Cells} from './cells.tsx';
import {columnsOf} from './columns.ts';
import {RowName} from './row-name.tsx';
import {useCut} from './use-cut.ts';
import {usePicked} from './use-picked.ts';
import {ROW_PX, type GrowthRows} from './use-growth-rows.ts';

export function GrowthTable({answer, rows: {show}}: {readonly answer: GrowthTableAnswer; readonly rows: GrowthRows}) {
  const copy = useCopy();
  const figures = useFigures();
  const sort = useStore((state) => state.sort);
  const sortBy = useStore((state) => state.sortBy);
  const by = useStore((state) => state.growthBy);
  const search = useStore((state) => state.growthSearch);
  const {isPicked, pick, clear, openStory} = usePicked(answer);
  const columns = columnsOf(answer);
  const at = (index: number): GrowthRow | undefined => answer.rows[index - answer.first];
  const {scroller, active, activate, onScroll: scroll, onKeyDown: move} = useActiveRow(JSON.stringify([by, search, sort]), answer.rowCount, ROW_PX, show);
  const nameHead = useRef<HTMLTableCellElement>(null);
  const {widthPx: nameWidthPx} = useSize(nameHead);
  const {isCut, look} = useCut(scroller);
  const onScroll = (event: UIEvent<HTMLElement>) => {
    scroll(event);
    look(event.currentTarget);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    move(event);
    const row = at(active);
    // Of the table alone: Enter on a button in it is the button's.
    if (event.target !== event.currentTarget || event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey || !row) return;
    event.preventDefault();
    pick(row);
  };
  useCommands('table', [
    {id: 'growth.clear', title: copy.growth.clear, keys: ['Escape'], run: clear},
    {id: 'growth.story', title: copy.growth.openStory, keys: ['o'], run: () => openStory(at(active))},
  ]);
  const before = answer.first * ROW_PX;
  const after = Math.max(0, answer.rowCount - answer.first - answer.rows.length) * ROW_PX;
  return (
    <div ref={scroller} className={`growth-scroll table-scroll${isCut ? ' growth-cut' : ''}`} data-place="table" onScroll={onScroll}>
      <table
        role="grid" tabIndex={0} aria-label={copy.growth.tableBy[answer.by]} aria-rowcount={answer.rowCount + 2} aria-multiselectable="false"
        aria-activedescendant={at(active) ? `growth-row-${active}` : undefined} onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHead
                key={column} column={column} sort={sort} onSort={sortBy} {...(column === 'name' ? {head: nameHead} : {})}
                title={column === 'name' ? copy.growth.explainName[answer.by] : copy.growth.explain[column]}
              >
                {column === 'name' ? copy.growth.nameColumn[answer.by] : copy.growth.columns[column]}
              </SortHead>
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
                  activate(index);
                  pick(row);
                }}
              >
                <RowName row={row} by={answer.by} onStory={openStory} widthPx={nameWidthPx} />
                <Cells row={row} columns={columns} answer={answer} />
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden="true" className="growth-spacer"><td colSpan={columns.length} style={{height: after}} /></tr> : null}
          {answer.rowCount === 0 ? <tr><td className="table-empty" colSpan={columns.length}>{search === '' ? copy.growth.empty : copy.growth.nothingFound}</td></tr> : null}
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
