/** Saves all rows of the growth table, as it is grouped, searched and sorted, as CSV. What is not known is an empty cell. */
import {CauseFrom} from '../../derive/growth/shape.ts';
import {growthColumns, isKnown, type GrowthTableQuestion} from '../../derive/growth-table/shape.ts';
import {useAsk} from '../../state/use-ask.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {csvOf} from '../ui/csv.ts';
import {download, fileName} from '../ui/download.ts';

/** More rows than any capture has. */
const ALL = 1 << 24;

const FROM: Readonly<Record<CauseFrom, string>> = Object.fromEntries(Object.entries(CauseFrom).map(([word, value]) => [value, word.toLowerCase()])) as Record<CauseFrom, string>;

export function SaveCsv({question}: {readonly question: GrowthTableQuestion}) {
  const copy = useCopy();
  const ask = useAsk('growthTable');
  const save = () => {
    ask({...question, first: 0, count: ALL}, (answer) => {
      if (!answer) return;
      const columns = growthColumns.filter((column) => column !== 'name');
      // In the units of the columns: bytes, nanoseconds, shares, numbers.
      const rows = answer.rows.map((row) => [row.name, ...(answer.by === 'goroutine' ? [row.goroutineId] : []), ...(answer.by === 'cause' ? [FROM[row.from]] : []), ...columns.map((column) => (isKnown(row, column, answer.isTold) ? row[column] : Number.NaN))]);
      const head = ['function', ...(answer.by === 'goroutine' ? ['goroutine'] : []), ...(answer.by === 'cause' ? ['from'] : []), ...columns];
      download(fileName([copy.growth.title, copy.growth.groupings[answer.by]], 'csv'), csvOf([head, ...rows]));
    });
  };
  const label = copy.exports.csvOf(copy.growth.title);
  useCommands('page', [{id: 'export.growth', title: label, keys: [], run: save}]);
  return <Button look="quiet" label={label} onClick={save}>{copy.exports.csv}</Button>;
}
