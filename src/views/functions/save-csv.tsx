/** Saves all rows of the table, as it is searched and sorted, as CSV. */
import type {FunctionsQuestion} from '../../derive/functions/shape.ts';
import {frameName} from '../../state/frame-name.ts';
import {useAsk} from '../../state/use-ask.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy} from '../../state/use-store.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {Button} from '../ui/button.tsx';
import {csvOf} from '../ui/csv.ts';
import {download, fileName} from '../ui/download.ts';

/** More functions than any capture has. */
const ALL = 1 << 24;

export function SaveCsv({question}: {readonly question: FunctionsQuestion}) {
  const copy = useCopy();
  const ask = useAsk('functions');
  const {unit} = useWeightText(question.query);
  const source = useScope()?.summary.sources.find(({id}) => id === question.query.source)?.name ?? '';
  const save = () => {
    ask({...question, first: 0, count: ALL, bins: 0, of: null}, (answer) => {
      if (!answer) return;
      // In the units of the columns: nanoseconds, bytes, or numbers.
      const head = ['function', 'kind', 'object', 'self', 'total', 'count', 'restored'];
      const rows = answer.rows.map(({name, kind, dso, self, total, count, restored}) => [frameName(copy, name, kind), copy.flame.kinds[kind], dso, self, total, count, restored]);
      download(fileName([source, copy.functions.title, unit], 'csv'), csvOf([head, ...rows]));
    });
  };
  const label = copy.exports.csvOf(copy.functions.title);
  useCommands('page', [{id: 'export.functions', title: label, keys: [], run: save}]);
  return <Button look="quiet" label={label} onClick={save}>{copy.exports.csv}</Button>;
}
