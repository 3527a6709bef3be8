/** The functions of the stacks in view: the flame graph as a table, for the eye and the ear. */
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useScope} from '../../state/use-scope.ts';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {FunctionDetails} from './details.tsx';
import {SaveCsv} from './save-csv.tsx';
import {FunctionTable} from './table.tsx';
import {useFunctionRows} from './use-function-rows.ts';
import '../ui/table.css';
import './view.css';

export function FunctionsView() {
  const copy = useCopy();
  const figures = useFigures();
  const scope = useScope();
  const rows = useFunctionRows();
  const search = useStore((state) => state.functionSearch);
  const searchFunctions = useStore((state) => state.searchFunctions);
  if (!scope?.query) return <NothingRead><Message>{copy.flame.noSamples}</Message></NothingRead>;
  const {answer, isStale, question} = rows;
  if (!answer) return null;
  return (
    <div className={`functions table-pane${isStale ? ' stale' : ''}`}>
      <div className="functions-toolbar table-toolbar">
        <input className="field" type="text" value={search} placeholder={copy.functions.search} aria-label={copy.functions.search} spellCheck={false} onChange={({target}) => searchFunctions(target.value)} />
        <span className="functions-found table-found" role="status">{search === '' ? '' : copy.functions.found(figures.count(answer.rowCount), figures.count(answer.whole.functions))}</span>
        {question ? <SaveCsv question={question} /> : null}
      </div>
      <FunctionTable answer={answer} rows={rows} />
      {answer.neighbours ? <FunctionDetails answer={answer} neighbours={answer.neighbours} /> : null}
    </div>
  );
}
