/** What a file says of its own recording: when, how long, on what, by which command. Rows for a list of facts. */
import type {SourceSummary} from '../../derive/summary/shape.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

/** Headers with a row of their own, in perf's words. */
const NAMED = ['captured on', 'cmdline', 'hostname', 'os release', 'arch', 'cpudesc'] as const;

export function SourceFacts({source: {id, startNs, endNs, cpus, headers}}: {readonly source: SourceSummary}) {
  const copy = useCopy();
  const figures = useFigures();
  const bytes = useStore(({sources}) => sources.find((open) => open.id === id)?.ofBytes ?? null);
  const text = copy.sources.facts;
  const cpusRecorded = headers['nrcpus online'] ?? (cpus > 0 ? figures.count(cpus) : null);
  const rows: [title: string, value: string][] = [
    ...(bytes === null ? [] : [[text.size, figures.bytes(bytes)] satisfies [string, string]]),
    ...(startNs === null || endNs === null ? [] : [[text.length, figures.duration(Number(endNs - startNs))] satisfies [string, string]]),
    ...(cpusRecorded === null ? [] : [[text.cpus, cpusRecorded] satisfies [string, string]]),
    ...NAMED.flatMap((name) => (name in headers && headers[name] !== '' ? [[text.headers[name], headers[name]] satisfies [string, string]] : [])),
  ];
  const others = Object.entries(headers).filter(([name, value]) => value !== '' && name !== 'nrcpus online' && !NAMED.some((known) => known === name));
  return (
    <>
      {rows.map(([title, value]) => (
        <div key={title} className="source-fact">
          <dt>{title}</dt>
          <dd>{title === text.headers.cmdline ? <code>{value}</code> : value}</dd>
        </div>
      ))}
      {others.length === 0 ? null : (
        <div className="source-fact">
          <dt>{text.header}</dt>
          <dd>
            <details>
              <summary>{text.lines(figures.count(others.length))}</summary>
              {others.map(([name, value]) => <p key={name}><code>{name}: {value}</code></p>)}
            </details>
          </dd>
        </div>
      )}
    </>
  );
}
