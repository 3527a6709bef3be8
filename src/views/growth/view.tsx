/** Who grew stacks: a row for each start function. Its totals are the sums of the events in view. */
import type {GrowthColumn, GrowthRow, GrowthSums, GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {growthColumns} from '../../derive/growth-table/shape.ts';
import {useGrowth} from '../../state/use-growth.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import './view.css';

export function GrowthView() {
  const copy = useCopy();
  const scope = useScope();
  const {answer, isStale} = useGrowth();
  if (!scope) return <Message>{copy.growth.start}</Message>;
  if (!scope.group) return <Message help={copy.timeline.noTimesHelp}>{copy.growth.noSizes}</Message>;
  if (!answer) return null;
  return (
    <div className={`growth${isStale ? ' stale' : ''}`}>
      <GrowthTable answer={answer} />
      <GrowthNotes answer={answer} />
    </div>
  );
}

function GrowthTable({answer}: {readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const sort = useStore((state) => state.sort);
  const sortBy = useStore((state) => state.sortBy);
  return (
    <table>
      <thead>
        <tr>
          {growthColumns.map((column) => (
            <th key={column} scope="col" aria-sort={sort.by === column ? (sort.descending ? 'descending' : 'ascending') : undefined} title={copy.growth.explain[column]}>
              <button type="button" onClick={() => sortBy(column)}>
                {copy.growth.columns[column]}
                <span aria-hidden="true">{sort.by === column ? (sort.descending ? ' ▾' : ' ▴') : ''}</span>
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {answer.rows.map((row) => <Row key={row.startFunction ?? ''} row={row} answer={answer} />)}
        {answer.rows.length === 0 ? <tr><td colSpan={growthColumns.length}>{copy.growth.empty}</td></tr> : null}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{copy.growth.total}</th>
          <Cells row={answer.total} answer={answer} />
        </tr>
      </tfoot>
    </table>
  );
}

function Row({row, answer}: {readonly row: GrowthRow; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const chosen = useStore((state) => state.filter.startFunction);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const {startFunction} = row;
  return (
    <tr className={startFunction !== null && chosen === startFunction ? 'growth-chosen' : undefined}>
      <th scope="row">
        {startFunction === null ? copy.growth.unknownStart : (
          <button type="button" title={copy.growth.lanesOf(startFunction)} aria-pressed={chosen === startFunction} onClick={() => chooseFilter({startFunction: chosen === startFunction ? null : startFunction})}>
            {startFunction}
          </button>
        )}
      </th>
      <Cells row={row} answer={answer} />
    </tr>
  );
}

function Cells({row, answer}: {readonly row: GrowthSums; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const write: Readonly<Record<Exclude<GrowthColumn, 'startFunction'>, (value: number) => string>> = {
    goroutines: (value) => figures.count(value),
    growths: (value) => figures.count(value),
    shrinks: (value) => figures.count(value),
    largestBytes: (value) => figures.bytes(value),
    copiedBytes: (value) => figures.bytes(value),
    copyNs: (value) => figures.duration(value),
    growthWeight: (value) => figures.share(value / answer.weight),
  };
  const most = Math.max(answer.total.copyNs, 1);
  return growthColumns.map((column) => {
    if (column === 'startFunction') return null;
    const value = row[column];
    if (Number.isNaN(value) || (column === 'growthWeight' && answer.weight === 0)) return <td key={column} className="growth-unknown" title={copy.growth.notKnown}><span aria-label={copy.growth.notKnown}>–</span></td>;
    return (
      <td key={column}>
        {column === 'copyNs' && row !== answer.total ? <span className="growth-bar" style={{width: `${(value / most) * 44}px`}} /> : null}
        {write[column](value)}
      </td>
    );
  });
}

function GrowthNotes({answer}: {readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const summary = useScope()?.summary;
  const {stacks, moreRows, countedBy, source, untoldProbes} = answer;
  const name = summary?.sources.find(({id}) => id === source)?.name;
  return (
    <div className="growth-notes">
      {untoldProbes > 0 ? <p>{copy.growth.untoldProbes(figures.count(untoldProbes))}</p> : null}
      {moreRows > 0 ? <p>{copy.growth.more(figures.count(moreRows))}</p> : null}
      {countedBy !== null && name !== undefined ? <p>{copy.growth[countedBy === 'trace' ? 'countedFrom' : 'countedFromProbes'](name)}</p> : <p>{source < 0 ? copy.growth.noSizes : copy.timeline.noSizes}</p>}
      {stacks.sample + stacks.event + stacks.none > 0 ? <p>{copy.growth.stacks(figures.count(stacks.sample), figures.count(stacks.event), figures.count(stacks.none))}</p> : null}
    </div>
  );
}
