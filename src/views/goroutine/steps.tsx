/** Every change of the stack: when, from what to what, how long, and the stack behind it with how that is known. */
import type {Step, GoroutineAnswer} from '../../derive/goroutine/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {useShowSteps} from '../../state/use-show-steps.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {Chain} from './chain.tsx';
import {Restored} from './restored.tsx';

export function Steps({answer}: {readonly answer: GoroutineAnswer}) {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const text = copy.goroutine;
  const showSteps = useShowSteps();
  const {source, goroutine, stepCount, growths, shrinks} = answer;
  const duration = (ns: number) => figures.duration(ns);
  return (
    <table className="steps" aria-label={text.ladder(figures.count(growths), figures.count(shrinks))} aria-rowcount={stepCount + 1}>
      <caption>{text.ladder(figures.count(growths), figures.count(shrinks))}</caption>
      <thead>
        <tr>
          <th scope="col">{text.columns.time}</th>
          <th scope="col">{text.columns.size}</th>
          <th scope="col">{text.columns.duration}</th>
          <th scope="col">{text.columns.stack}</th>
        </tr>
      </thead>
      <tbody>
        {answer.steps.map((step, i) => (
          // A goroutine may change twice within a nanosecond's clock: the place in the list is the identity.
          <tr key={i}>
            <td>
              <button type="button" className="kin" title={text.zoomToStep} onClick={() => showSteps({source, goroutine, fromNs: step.timeNs, toNs: step.timeNs + (Number.isNaN(step.durationNs) ? 0 : step.durationNs)})}>
                {time.moment(step.timeNs)}
              </button>
            </td>
            <td className={`goroutine-${step.kind}`}>
              {sizes(step)}
              {Number.isNaN(step.usedBytes) ? null : <small> {text.used(figures.bytes(step.usedBytes))}</small>}
            </td>
            <td>{Number.isNaN(step.durationNs) ? '' : duration(step.durationNs)}</td>
            <td>
              {step.stackFrom === null ? (step.kind === 'growth' || step.kind === 'shrink' ? text.noStack : '') : <small>{provenance(step, copy, duration)}</small>}
              {step.chain ? <Chain chain={step.chain} /> : null}
              {step.restored.length > 0 ? <Restored names={step.restored} /> : null}
              {step.neighbour ? (
                <div className="goroutine-neighbour">
                  <small>{text.callersLost} {distance(step.neighbour.distanceNs, copy, duration)}</small>
                  <Chain chain={step.neighbour.chain} />
                </div>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );

  function sizes({kind, oldBytes, newBytes}: Step): string {
    const size = (bytes: number) => (Number.isNaN(bytes) ? '?' : figures.bytes(bytes));
    if (kind === 'initial') return `${text.kinds.initial} ${size(newBytes)}`;
    if (kind === 'freed') return text.kinds.freed;
    return `${kind === 'growth' ? '▲' : '▼'} ${text.sizes(size(oldBytes), size(newBytes))}`;
  }
}

function provenance({stackFrom, stackDistanceNs}: Step, copy: Copy, duration: (ns: number) => string): string {
  return stackFrom === 'sample' ? copy.goroutine.fromSample : distance(stackDistanceNs, copy, duration);
}

function distance(ns: number, copy: Copy, duration: (ns: number) => string): string {
  return ns < 0 ? copy.goroutine.eventBefore(duration(-ns)) : copy.goroutine.eventAfter(duration(ns));
}
