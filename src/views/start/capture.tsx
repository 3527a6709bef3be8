/** How to record: commands to copy, what each gives and costs; and what each kind of file can tell. docs/capture.md has more. */
import {useCopy} from '../../state/use-store.ts';
import {CopyButton} from '../ui/copy-button.tsx';

const RECORD = 'perf record -k CLOCK_MONOTONIC -F 997 -g';

/** By way, in the order they are done. */
const WAYS = {
  pair: {
    trace: 'f, _ := os.Create("trace.out")\ntrace.Start(f) // runtime/trace\ndefer trace.Stop()',
    perf: `GODEBUG=traceallocfree=1 ${RECORD} -o perf.data ./app`,
    script: 'perf script --header --ns -i perf.data > perf.txt',
  },
  server: {server: `${RECORD} -o perf.data -p PID -- sleep 2 &\ncurl -so trace.out 'http://127.0.0.1:6060/debug/pprof/trace?seconds=1'`},
  container: {container: `docker exec NAME ${RECORD} -o /tmp/perf.data -p 1 -- sleep 2`},
  probe: {
    probe: `perf probe -x ./app 'copystack=runtime.copystack gp=%ax:x64 newsize=%bx:u64 lo=+0(%ax):x64 hi=+8(%ax):x64 gsp=+56(%ax):x64'\nperf record -k CLOCK_MONOTONIC -g -e cpu-clock/freq=997/ -e probe_app:copystack -o perf.data ./app`,
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

const OTHER_WAYS = ['server', 'container', 'probe'] as const;

const INPUTS = ['perf', 'probe', 'trace', 'allocfree', 'both'] as const;
/** What each input tells, in the order of `INPUTS`; the table of docs/capture.md in short. */
const TELLS = {
  share: ['yes', 'yes', 'no', 'no', 'yes'],
  sizes: ['no', 'yes', 'no', 'yes', 'yes'],
  copyTime: ['no', 'no', 'no', 'yes', 'yes'],
  goroutines: ['no', 'no', 'yes', 'yes', 'yes'],
  cause: ['some', 'some', 'no', 'no', 'some'],
} as const;
const FACTS = ['share', 'sizes', 'copyTime', 'goroutines', 'cause'] as const;
const SIGNS = {yes: '●', some: '◐', no: '–'} as const;

export function Capture() {
  const copy = useCopy();
  return (
    <section aria-labelledby="start-capture">
      <h2 id="start-capture">{copy.capture.title}</h2>
      <div className="start-capture">
        <div>
          <h3>{copy.capture.ways.pair}</h3>
          <Steps of={WAYS.pair} />
        </div>
        <div>
          <h3>{copy.capture.tells}</h3>
          <Tells />
          {OTHER_WAYS.map((way) => (
            <details key={way}>
              <summary>{copy.capture.ways[way]}</summary>
              <Steps of={WAYS[way]} />
            </details>
          ))}
        </div>
      </div>
    </section>
  );
}

function Steps({of}: {readonly of: Readonly<Record<string, string>>}) {
  const copy = useCopy();
  return (
    <ol className="start-steps">
      {Object.entries(of).map(([step, command]) => {
        const [title, gives, costs] = copy.capture.steps[step];
        return (
          <li key={step}>
            <h4>{title}</h4>
            <div className="start-command">
              <code>{command}</code>
              <CopyButton text={command} label={copy.capture.copyOf(title)} />
            </div>
            <dl>
              <dt>{copy.capture.gives}</dt>
              <dd>{gives}</dd>
              <dt>{copy.capture.costs}</dt>
              <dd>{costs}</dd>
            </dl>
          </li>
        );
      })}
    </ol>
  );
}

function Tells() {
  const copy = useCopy();
  return (
    <table className="start-tells">
      <thead>
        <tr>
          <td />
          {INPUTS.map((input) => <th key={input} scope="col">{copy.capture.inputs[input]}</th>)}
        </tr>
      </thead>
      <tbody>
        {FACTS.map((fact) => (
          <tr key={fact}>
            <th scope="row">{copy.capture.facts[fact]}</th>
            {INPUTS.map((input, i) => {
              const mark = TELLS[fact][i];
              return <td key={input} className={`start-${mark}`}><span aria-hidden="true">{SIGNS[mark]}</span><span className="spoken">{copy.capture.marks[mark]}</span></td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
