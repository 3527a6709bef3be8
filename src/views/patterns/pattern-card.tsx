/** One pattern. */
import {shortName} from '../../base/short-name.ts';
import {CauseFrom} from '../../derive/growth/shape.ts';
import {CRITERIA, type Pattern} from '../../derive/patterns/shape.ts';
import {useShowSteps} from '../../state/use-show-steps.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Phrase} from '../ui/phrase.tsx';
import {Criterion} from './criterion.tsx';

export function PatternCard({pattern, isFirst}: {readonly pattern: Pattern; readonly isFirst: boolean}) {
  const copy = useCopy();
  const figures = useFigures();
  const text = copy.patterns;
  const {kind, startFunction, goroutines, growths, times, sizes, copyNs, copiedBytes, frameBytes, instance} = pattern;
  const showSteps = useShowSteps();
  const chooseFilter = useStore((state) => state.chooseFilter);
  const facts = kind === 'big-frame' ? text.facts[kind](figures.count(growths)) : text.facts[kind](figures.count(growths), figures.count(times));
  return (
    <li className="pattern">
      <h3>
        <span className="pattern-name">{text.names[kind]}</span>{' '}
        {startFunction === null ? text.goroutinesUnknown(figures.count(goroutines)) : <Phrase text={text.goroutinesOf(figures.count(goroutines))} parts={{start: <code title={startFunction}>{shortName(startFunction)}</code>}} />}
      </h3>
      <Ladder kind={kind} sizes={sizes} />
      <p>{facts}{Number.isNaN(frameBytes) ? null : ` ${text.frame(figures.bytes(frameBytes))}`}</p>
      <dl>
        <div>
          <dt>{text.cost}</dt>
          <dd>{Number.isNaN(copyNs) ? text.noTime : text.copying(figures.duration(copyNs))} · {text.copied(figures.bytes(copiedBytes))}</dd>
        </div>
        <Cause pattern={pattern} />
      </dl>
      <p className="pattern-ways">
        {instance.goroutine < 0 ? null : <Button onClick={() => showSteps(instance)}>{text.instance(copy.timeline.goroutine(instance.goroutineId))}</Button>}
        {startFunction === null ? null : <Button onClick={() => chooseFilter({startFunction, goroutine: null})}>{text.onlyStart}</Button>}
      </p>
      <h4>{text.helps}</h4>
      <ul className="pattern-remedies">
        {text.remedies[kind].map((remedy) => <li key={remedy}>{remedy}</li>)}
      </ul>
      <details open={isFirst}>
        <summary>{text.why}</summary>
        <p><Criterion kind={kind} criteria={CRITERIA} /></p>
      </details>
    </li>
  );
}

function Ladder({kind, sizes}: Pick<Pattern, 'kind' | 'sizes'>) {
  const copy = useCopy();
  const figures = useFigures();
  if (kind === 'oscillation') return <p>{copy.patterns.between(figures.bytes(sizes[0]), figures.bytes(sizes[1]))}</p>;
  return (
    <ol className="pattern-ladder">
      {sizes.map((bytes, i) => <li key={bytes} style={{paddingBottom: i * 3}}>{figures.bytes(bytes)}</li>)}
    </ol>
  );
}

/** Share of growths with one neighbour that is worth telling. */
const LEAST_NEIGHBOURS = 0.5;

const HOW = {[CauseFrom.Sample]: 'sample', [CauseFrom.Caller]: 'caller', [CauseFrom.Event]: 'event'} as const;

function Cause({pattern: {cause, growths}}: {readonly pattern: Pattern}) {
  const copy = useCopy();
  const figures = useFigures();
  if (!cause || cause.from === CauseFrom.None || cause.from === CauseFrom.Shrink) return null;
  // Where neighbours of a few happened to be says nothing of the rest.
  if (cause.from === CauseFrom.Event && cause.growths < growths * LEAST_NEIGHBOURS) return null;
  return (
    <div>
      <dt>{copy.patterns.where}</dt>
      <dd><code title={cause.name}>{shortName(cause.name)}</code> <small>{copy.patterns.causes[HOW[cause.from]](figures.share(cause.growths / growths))}</small></dd>
    </div>
  );
}
