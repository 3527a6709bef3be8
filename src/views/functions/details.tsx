/** The chosen function: who calls it, what it calls, and where its code lies. */
import {shortName} from '../../base/short-name.ts';
import {Inlined} from '../../derive/call-tree/shape.ts';
import type {CallRow, FunctionNeighbours, FunctionsAnswer} from '../../derive/functions/shape.ts';
import {frameName} from '../../state/frame-name.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useWeightText} from '../../state/use-weight-text.ts';
import {Button} from '../ui/button.tsx';

/** Places that are listed. */
const MOST_PLACES = 20;

export function FunctionDetails({answer, neighbours: {row, callers, callees}}: {readonly answer: FunctionsAnswer; readonly neighbours: FunctionNeighbours}) {
  const copy = useCopy();
  const chosen = useStore((state) => state.chosenFunction);
  const chooseFunction = useStore((state) => state.chooseFunction);
  const sandwich = useStore((state) => state.sandwich);
  const {weight} = useWeightText(answer.query);
  const name = frameName(copy, row.name, row.kind);
  return (
    <section className="functions-details" aria-label={shortName(name)}>
      <header>
        <h3 title={name}>{shortName(name)}</h3>
        <span>{copy.flame.self(weight(row.self))} · {weight(row.total)}{row.inlined === Inlined.None ? null : ` · ${copy.symbols.inlined[row.inlined === Inlined.All ? 'all' : 'some']}`}</span>
        {chosen ? <Button look="quiet" onClick={() => sandwich(chosen)}>{copy.functions.sandwich}</Button> : null}
        <Button look="quiet" label={copy.functions.close} onClick={() => chooseFunction(null)}>×</Button>
      </header>
      <div className="functions-neighbours">
        <Calls title={copy.functions.callers} none={copy.functions.noCallers} calls={callers} answer={answer} whole={row.total} />
        <Calls title={copy.functions.callees} none={copy.functions.noCallees} calls={callees} answer={answer} whole={row.total} />
      </div>
      {chosen ? <Places answer={answer} /> : null}
    </section>
  );
}

interface CallsProps {
  readonly title: string;
  readonly none: string;
  readonly calls: readonly CallRow[];
  readonly answer: FunctionsAnswer;
  readonly whole: number;
}

function Calls({title, none, calls, answer, whole}: CallsProps) {
  const copy = useCopy();
  const figures = useFigures();
  const {weight} = useWeightText(answer.query);
  const chooseFunction = useStore((state) => state.chooseFunction);
  return (
    <div>
      <h4>{title}</h4>
      {calls.length === 0 ? <p>{none}</p> : (
        <ul>
          {calls.map(({name, kind, weight: own}) => {
            const full = name === null && kind < 0 ? none : frameName(copy, name, kind);
            return (
              <li key={`${kind} ${name}`}>
                {name === null ? <span>{full}</span> : <button type="button" title={full} onClick={() => chooseFunction({name, kind})}>{shortName(full)}</button>}
                <span>{weight(own)} · {figures.share(own / Math.max(whole, Number.MIN_VALUE))}</span>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

/** File and line of what the function weighs, as text that can be selected. */
function Places({answer}: {readonly answer: FunctionsAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {weight} = useWeightText(answer.query);
  const of = useStore((state) => state.chosenFunction);
  const {answer: details} = useAnswer('frameDetails', of ? {query: answer.query, of} : null);
  if (!details) return null;
  const places = details.places.filter(({file, address}) => file !== null || address !== null);
  return (
    <div className="functions-places" id="function-lines">
      <h4>{copy.functions.lines}</h4>
      {places.length === 0 ? <p>{copy.functions.noLines}</p> : (
        <ul>
          {places.slice(0, MOST_PLACES).map(({file, line, address, dso, total}) => (
            <li key={`${dso} ${file} ${line} ${address}`}>
              <code>{file === null ? `${copy.functions.address} 0x${(address ?? 0n).toString(16)}` : line < 0 ? file : `${file}:${line}`}</code>
              <span>{weight(total)}</span>
            </li>
          ))}
        </ul>
      )}
      {places.length > MOST_PLACES || details.morePlaces > 0 ? <p>{copy.functions.morePlaces(figures.count(Math.max(0, places.length - MOST_PLACES) + details.morePlaces))}</p> : null}
    </div>
  );
}
