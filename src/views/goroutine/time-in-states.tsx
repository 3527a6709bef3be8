/** What it did with its time: a bar and its figures, how long it was able to run and did not, and who ended its waits. */
import type {GoroutineAnswer} from '../../derive/goroutine/shape.ts';
import {useShowSteps} from '../../state/use-show-steps.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {KinLink} from './kin-link.tsx';

/** Colours of the states by their numbers, as the lanes have them. */
const LOOKS = ['none', 'runnable', 'running', 'syscall', 'waiting', 'none'] as const;

export function TimeInStates({answer, isRange}: {readonly answer: GoroutineAnswer; readonly isRange: boolean}) {
  const copy = useCopy();
  const figures = useFigures();
  const text = copy.goroutine;
  const {states, livedNs, latency, wakers, moreWakers, source, goroutine} = answer;
  const showSteps = useShowSteps();
  if (answer.isProbed) return null;
  if (states.length === 0) return <section><p className="goroutine-aside">{text.notInRange}</p></section>;
  return (
    <section aria-label={text.time}>
      <h4>{text.time} <small>{isRange ? text.ofRange : null}</small></h4>
      <div className="state-bar" aria-hidden="true">
        {states.map(({state, ns}) => <span key={state} className={`state-${LOOKS[state]}`} style={{flexGrow: ns}} />)}
      </div>
      <div className="goroutine-tables">
        <table>
          <thead>
            <tr><th scope="col">{text.state}</th><th scope="col">{text.duration}</th><th scope="col">{text.share}</th><th scope="col">{text.entered}</th></tr>
          </thead>
          <tbody>
            {states.map(({state, ns, times}) => (
              <tr key={state}>
                <th scope="row"><span className={`state-mark state-${LOOKS[state]}`} aria-hidden="true" />{state === 0 ? copy.growth.notKnown : copy.timeline.states[state]}</th>
                <td>{figures.duration(ns)}</td>
                <td>{livedNs > 0 ? figures.share(ns / livedNs) : ''}</td>
                <td>{text.times(figures.count(times))}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr><th scope="row">{text.life}</th><td>{figures.duration(livedNs)}</td><td /><td /></tr>
          </tfoot>
        </table>
        {wakers.length > 0 ? (
          <table>
            <thead>
              <tr><th scope="col">{text.wokenBy}</th><th scope="col">{text.wakes}</th><th scope="col">{text.waited}</th></tr>
            </thead>
            <tbody>
              {wakers.map(({by, wakes, waitedNs}) => (
                <tr key={by?.goroutine ?? -1}>
                  <th scope="row">{by ? <KinLink source={source} kin={by} /> : text.wokenByNobody}</th>
                  <td>{figures.count(wakes)}</td>
                  <td>{figures.duration(waitedNs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
      </div>
      {latency.times > 0 ? (
        <p>
          {text.latency(figures.duration(latency.sumNs))}{' '}
          <button type="button" className="kin" onClick={() => showSteps({source, goroutine, fromNs: latency.mostAtNs, toNs: latency.mostAtNs + latency.mostNs})}>{text.longest(figures.duration(latency.mostNs))}</button>
        </p>
      ) : null}
      {moreWakers > 0 ? <p className="goroutine-aside">{text.moreWakers(figures.count(moreWakers))}</p> : null}
    </section>
  );
}
