/** Its samples: how many, what they weigh of all, and the functions they end in. */
import {shortName} from '../../base/short-name.ts';
import type {GoroutineAnswer} from '../../derive/goroutine/shape.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export function Samples({answer: {samples}, scope}: {readonly answer: GoroutineAnswer; readonly scope: Scope}) {
  const copy = useCopy();
  const figures = useFigures();
  const search = useStore((state) => state.search);
  const text = copy.goroutine;
  if (!samples) return null;
  const isTime = scope.weight === 'period' && scope.eventSummary?.unit === 'cpu-ns';
  const weight = (value: number) => (isTime ? figures.duration(value) : figures.count(value));
  return (
    <section aria-label={text.samples}>
      <h4>{text.samples}</h4>
      {samples.samples === 0 ? <p className="goroutine-aside">{text.noSamples}</p> : (
        <>
          <p>
            {text.sampled(figures.count(samples.samples), weight(samples.weight), figures.share(samples.weight / samples.allWeight))}
            {samples.growthWeight > 0 ? <span className="goroutine-growth"> · {text.growing(figures.share(samples.growthWeight / samples.weight))}</span> : null}
          </p>
          <table>
            <thead>
              <tr><th scope="col">{text.endsIn}</th><th scope="col">{text.self}</th><th scope="col">{text.share}</th></tr>
            </thead>
            <tbody>
              {samples.functions.map(({name, self}) => (
                <tr key={name}>
                  <th scope="row"><button type="button" className="kin" title={text.find(name)} onClick={() => search(name)}><code>{shortName(name)}</code></button></th>
                  <td>{weight(self)}</td>
                  <td>{figures.share(self / samples.weight)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
