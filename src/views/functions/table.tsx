/** The table: sorted by its heads, rows chosen by pointer or keys; only rows near the screen are on the page. */
import {shortName} from '../../base/short-name.ts';
import {functionColumns, type FunctionRow, type FunctionsAnswer} from '../../derive/functions/shape.ts';
import {Inlined, type FunctionRef} from '../../derive/call-tree/shape.ts';
import type {FrameKind} from '../../derive/labels/shape.ts';
import {tokenOfKind} from '../../draw/color/theme.ts';
import {frameName} from '../../state/frame-name.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {SortHead} from '../ui/sort-head.tsx';
import {useActiveRow} from '../ui/use-active-row.ts';
import {Sparkline} from './sparkline.tsx';
import {BINS, ROW_PX, type FunctionRows} from './use-function-rows.ts';

const COLUMNS = functionColumns.length + 1;

export function FunctionTable({answer, rows: {show}}: {readonly answer: FunctionsAnswer; readonly rows: FunctionRows}) {
  const copy = useCopy();
  const figures = useFigures();
  const {weight} = useWeightText(answer.query);
  const sort = useStore((state) => state.functionSort);
  const sortBy = useStore((state) => state.sortFunctionsBy);
  const search = useStore((state) => state.functionSearch);
  const chosen = useStore((state) => state.chosenFunction);
  const chooseFunction = useStore((state) => state.chooseFunction);
  const sandwich = useStore((state) => state.sandwich);
  const {scroller, active, activate, onScroll, onKeyDown} = useActiveRow(JSON.stringify([search, sort]), answer.rowCount, ROW_PX, show);
  const at = (index: number): FunctionRow | undefined => answer.rows[index - answer.first];
  const isChosen = ({name, kind}: FunctionRow) => name !== null && chosen?.name === name && (chosen.kind === kind || !answer.rows.some((other) => other.name === name && other.kind === chosen.kind));
  const choose = (row: FunctionRow | undefined) => {
    const of = row && refOf(row);
    if (of) chooseFunction(isChosen(row) ? null : of);
  };
  const open = (row: FunctionRow | undefined) => {
    const of = row && refOf(row);
    if (of) sandwich(of);
  };
  useCommands('table', [
    {id: 'functions.sandwich', title: copy.functions.keys.sandwich, keys: ['Enter'], run: () => open(at(active))},
    {id: 'functions.choose', title: copy.functions.keys.choose, keys: [' '], run: () => choose(at(active))},
    {id: 'functions.clear', title: copy.functions.keys.clear, keys: ['Escape'], run: () => chooseFunction(null)},
  ]);
  const before = answer.first * ROW_PX;
  const after = Math.max(0, answer.rowCount - answer.first - answer.rows.length) * ROW_PX;
  const whole = Math.max(answer.whole.total, Number.MIN_VALUE);
  return (
    <div ref={scroller} className="table-scroll" data-place="table" onScroll={onScroll}>
      <table
        role="grid" tabIndex={0} aria-label={copy.functions.table} aria-rowcount={answer.rowCount + 2} aria-activedescendant={at(active) ? `function-row-${active}` : undefined} onKeyDown={onKeyDown}
      >
        {/* A place of its own: Enter on a head sorts, and opens no row. */}
        <thead data-place="table-head">
          <tr aria-rowindex={1}>
            {functionColumns.map((column) => (
              <SortHead key={column} column={column} sort={sort} onSort={sortBy} title={copy.functions.explain[column]}>{copy.functions.columns[column]}</SortHead>
            ))}
            <th scope="col" title={copy.functions.explain.overTime}>{copy.functions.columns.overTime}</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden="true"><td colSpan={COLUMNS} style={{height: before}} /></tr> : null}
          {answer.rows.map((row, i) => {
            const index = answer.first + i;
            const name = frameName(copy, row.name, row.kind);
            return (
              <tr
                key={`${row.kind} ${row.name}`} id={`function-row-${index}`} aria-rowindex={index + 2} aria-selected={isChosen(row)} className={index === active ? 'functions-active' : undefined}
                onClick={() => {
                  activate(index);
                  choose(row);
                }}
                onDoubleClick={() => open(row)}
              >
                <th scope="row" title={row.dso === null ? name : `${name}\n${row.dso}`}>
                  <span className="functions-kind" style={{backgroundColor: `var(--${tokenOfKind[row.kind as FrameKind]})`}} aria-hidden="true" />
                  {shortName(name)}
                  {row.inlined === Inlined.None ? null : <span className="functions-inlined" title={copy.symbols.inlined[row.inlined === Inlined.All ? 'all' : 'some']}>{copy.symbols.inlined[row.inlined === Inlined.All ? 'word' : 'partly']}</span>}
                  {row.restored > 0 ? <span className="functions-restored" title={copy.functions.restored(weight(row.restored))}>{copy.functions[row.restored < row.total ? 'partlyRestored' : 'wholeRestored']}</span> : null}
                  <span className="spoken">{copy.flame.kinds[row.kind]}</span>
                </th>
                <td><Bar share={row.self / whole} />{weight(row.self)}</td>
                <td>{weight(row.total)} <span className="functions-share">{figures.share(row.total / whole)}</span></td>
                <td>{figures.count(row.count)}</td>
                <td><OverTime answer={answer} row={i} isTold={index === active || isChosen(row)} /></td>
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden="true"><td colSpan={COLUMNS} style={{height: after}} /></tr> : null}
          {answer.rowCount === 0 ? <tr><td className="table-empty" colSpan={COLUMNS}>{search === '' ? copy.functions.empty : copy.functions.nothingFound}</td></tr> : null}
        </tbody>
        <tfoot>
          <tr aria-rowindex={answer.rowCount + 2}>
            <th scope="row">{copy.functions.whole(figures.count(answer.whole.functions))}</th>
            <td>{weight(answer.whole.total)}</td>
            <td>{weight(answer.whole.total)}</td>
            <td>{figures.count(answer.whole.count)}</td>
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** What a row weighs over time. `isTold`: each part in words too, as for the row that one stands on. */
function OverTime({answer, row, isTold}: {readonly answer: FunctionsAnswer; readonly row: number; readonly isTold: boolean}) {
  const {functions} = useCopy();
  const figures = useFigures();
  const {moment} = useTimeText();
  const {weight} = useWeightText(answer.query);
  const values = answer.overTime.subarray(row * BINS, (row + 1) * BINS);
  let most = 0;
  let some = 0;
  values.forEach((value, bin) => {
    if (value > values[most]) most = bin;
    if (value > 0) some++;
  });
  if (some === 0) return null;
  const edge = (bin: number) => moment(answer.fromNs + ((answer.toNs - answer.fromNs) * bin) / BINS);
  const label = functions.overTimeMost(weight(values[most]), edge(most), edge(most + 1), figures.count(some), figures.count(BINS));
  return <Sparkline values={values} label={label} description={isTold ? functions.overTimeParts(Array.from(values, weight).join(', ')) : undefined} />;
}

function refOf({name, kind}: FunctionRow): FunctionRef | null {
  return name === null ? null : {name, kind};
}

function Bar({share}: {readonly share: number}) {
  return <span className="functions-bar" style={{width: `${share * 40}px`}} />;
}
