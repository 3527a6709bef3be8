/** The figures of a row, or of the whole. */
import {noFilter, type Filter} from '../../derive/filter/shape.ts';
import {isKnown, type GrowthColumn, type GrowthFigure, type GrowthSums, type GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import type {Figures} from '../../base/figures.ts';
import {asRecorded} from '../../derive/call-tree/shape.ts';
import {useScope} from '../../state/use-scope.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function Cells({row, columns, answer}: {readonly row: GrowthSums; readonly columns: readonly GrowthColumn[]; readonly answer: GrowthTableAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const scope = useScope();
  const weightText = useWeightText(scope?.event ? {...asRecorded, ...scope.event, weight: scope.weight, range: scope.range, filter: scope.filter} : null);
  const shareOf = copy.growth[isPicked(answer, scope?.filter ?? noFilter) ? 'shareOfPicked' : 'shareOf'];
  return columns.map((column) => {
    if (column === 'name') return null;
    const value = row[column];
    if (!isKnown(row, column, answer.isTold) || (column === 'growthWeight' && answer.weight === 0)) {
      return <td key={column} data-column={column} className="growth-unknown" title={copy.growth.notKnown}><span aria-label={copy.growth.notKnown}>–</span></td>;
    }
    return (
      <td key={column} data-column={column} title={column === 'growthWeight' ? shareOf(weightText.weight(value), weightText.weight(answer.weight)) : undefined}>
        {column === 'copyNs' && row !== answer.total && value > 0 ? <span className="growth-bar" style={{width: `calc((100% - 12px) * ${value / answer.total.copyNs})`}} /> : null}
        {written(column, value, answer, figures)}
      </td>
    );
  });
}

/** Whether a row of this table narrows the other views, and so the headline’s figures. */
function isPicked({by}: GrowthTableAnswer, {startFunction, cause, goroutine}: Filter): boolean {
  return {startFunction: startFunction ?? goroutine, cause, goroutine}[by] !== null;
}

function written(column: GrowthFigure, value: number, answer: GrowthTableAnswer, figures: Figures): string {
  switch (column) {
    case 'goroutines':
    case 'growths':
    case 'shrinks':
      return figures.count(value);
    case 'largestBytes':
    case 'copiedBytes':
      return figures.bytes(value);
    case 'usedBefore':
    case 'usedAfter':
      return figures.share(value);
    case 'copyNs':
      return figures.duration(value);
    case 'copiesPerSecond':
      return figures.rate(value);
    case 'growthWeight':
      return figures.share(value / answer.weight);
  }
}
