/** The story of one goroutine: each change of its stack with the nearest stack that is known, and how that is known. */
import {useState} from 'react';
import type {GoroutineAnswer, Step} from '../../derive/goroutine/shape.ts';
import type {ReadableChain} from '../../derive/readable/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';
import type {Range} from '../../state/slices/selection.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Message} from '../ui/message.tsx';
import './view.css';

const STEPS = 100;

export function GoroutineView() {
  const copy = useCopy();
  const scope = useScope();
  const chosen = useStore((state) => state.goroutine);
  const isOpen = scope?.summary.sources.some(({id}) => id === chosen?.source) ?? false;
  if (!chosen || !isOpen) return <Message>{copy.goroutine.none}</Message>;
  return <Goroutine key={`${chosen.source} ${chosen.goroutine}`} chosen={chosen} range={scope?.range ?? null} />;
}

function Goroutine({chosen, range}: {readonly chosen: {readonly source: number; readonly goroutine: number}; readonly range: Range | null}) {
  const copy = useCopy();
  const [count, setCount] = useState(STEPS);
  const {answer, isStale} = useAnswer('goroutine', {...chosen, range, first: 0, count});
  if (!answer) return null;
  return (
    <div className={`goroutine${isStale ? ' stale' : ''}`}>
      <Header answer={answer} />
      {answer.stepCount === 0 ? <Message>{answer.hasStackSizes ? copy.goroutine.noSteps : copy.goroutine.noSizes}</Message> : <Steps answer={answer} />}
      {answer.steps.length < answer.stepCount ? (
        <p className="goroutine-more">
          <Button onClick={() => setCount(count + STEPS)}>{copy.goroutine.showMore}</Button>
        </p>
      ) : null}
    </div>
  );
}

function Header({answer}: {readonly answer: GoroutineAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {goroutine} = copy;
  const from = Number.isNaN(answer.startNs) ? goroutine.fromStart : figures.moment(answer.startNs);
  const to = Number.isNaN(answer.endNs) ? goroutine.toEnd : figures.moment(answer.endNs);
  return (
    <header>
      <h3>{goroutine.titleOf(String(answer.id))} <code>{answer.startFunction ?? copy.timeline.unknownStart}</code></h3>
      <p>
        {Number.isNaN(answer.creator) ? goroutine.creatorUnknown : goroutine.createdBy(String(answer.creator))}
        {' · '}{goroutine.lived(from, to)}
      </p>
      {answer.creatorChain ? <Chain chain={answer.creatorChain} /> : null}
    </header>
  );
}

function Steps({answer}: {readonly answer: GoroutineAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const {columns} = copy.goroutine;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{columns.time}</th>
          <th scope="col">{columns.size}</th>
          <th scope="col">{columns.duration}</th>
          <th scope="col">{columns.stack}</th>
        </tr>
      </thead>
      <tbody>
        {answer.steps.map((step, i) => (
          // A goroutine may change twice within a nanosecond's clock: the place in the list is the identity.
          <tr key={i}>
            <td>{figures.moment(step.timeNs)}</td>
            <td className={`goroutine-${step.kind}`}>{sizes(step)}</td>
            <td>{Number.isNaN(step.durationNs) ? '' : figures.duration(step.durationNs)}</td>
            <td>
              {step.stackFrom === null ? (step.kind === 'growth' || step.kind === 'shrink' ? copy.goroutine.noStack : '') : <small>{provenance(step, copy, (ns) => figures.duration(ns))}</small>}
              {step.chain ? <Chain chain={step.chain} /> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

  function sizes({kind, oldBytes, newBytes}: Step): string {
    const size = (bytes: number) => (Number.isNaN(bytes) ? '?' : figures.bytes(bytes));
    if (kind === 'initial') return `${copy.goroutine.kinds.initial} ${size(newBytes)}`;
    if (kind === 'freed') return copy.goroutine.kinds.freed;
    return `${kind === 'growth' ? '▲' : '▼'} ${copy.goroutine.sizes(size(oldBytes), size(newBytes))}`;
  }
}

function provenance({stackFrom, stackDistanceNs}: Step, copy: Copy, duration: (ns: number) => string): string {
  if (stackFrom === 'sample') return copy.goroutine.fromSample;
  return stackDistanceNs < 0 ? copy.goroutine.eventBefore(duration(-stackDistanceNs)) : copy.goroutine.eventAfter(duration(stackDistanceNs));
}

/** Calls from the leaf to the root. */
function Chain({chain}: {readonly chain: ReadableChain}) {
  const copy = useCopy();
  const figures = useFigures();
  return (
    <p className="chain">
      {chain.calls.map(({name, times}, i) => (
        <span key={i}>
          {i > 0 ? ' ← ' : ''}
          <code>{name}</code>
          {times > 1 ? ` ${copy.goroutine.times(figures.count(times))}` : ''}
        </span>
      ))}
      {chain.moreFrames > 0 ? ` ← ${copy.goroutine.moreFrames(figures.count(chain.moreFrames))}` : ''}
    </p>
  );
}
