/** The page before a file is open: what can be dropped, how to record it, and recordings to try. */
import type {FileToOpen} from '../../state/slices/session.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {FilePicker} from '../ui/file-picker.tsx';
import './view.css';

/** A recording that the app ships. */
export interface Example {
  readonly id: string;
  readonly files: readonly FileToOpen[];
  readonly bytes: number;
}

const COMMANDS = {
  perf: 'perf record -k CLOCK_MONOTONIC -F 997 -g -o perf.data ./app',
  script: 'perf script --header --ns -i perf.data > perf.txt',
  trace: 'GODEBUG=traceallocfree=1  +  runtime/trace → trace.out',
} as const;

export function StartView({examples}: {readonly examples: readonly Example[]}) {
  const copy = useCopy();
  const figures = useFigures();
  const formats = useStore((state) => state.formats);
  const openFiles = useStore((state) => state.openFiles);
  return (
    <div className="start">
      <h1>{copy.start.title}</h1>
      <p className="start-lead">{copy.start.lead}</p>
      <p><FilePicker look="main">{copy.start.pick}</FilePicker></p>
      <p className="start-private">{copy.start.private}</p>
      <div className="start-columns">
        <section aria-labelledby="start-examples">
          <h2 id="start-examples">{copy.start.examples}</h2>
          <p className="start-note">{copy.start.examplesLead}</p>
          <ul className="start-examples">
            {examples.map(({id, files, bytes}) => {
              const [title, about] = copy.start.exampleNames[id] ?? [id, ''];
              return (
                <li key={id}>
                  <button type="button" className="start-example" onClick={() => openFiles(files)}>
                    <strong>{title}</strong>
                    <span>{about}</span>
                    <small>{figures.bytes(bytes)}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
        <section aria-labelledby="start-capture">
          <h2 id="start-capture">{copy.start.capture}</h2>
          <dl className="start-capture">
            {(['perf', 'script', 'trace'] as const).map((step) => (
              <div key={step}>
                <dt>{copy.start.captureSteps[step]}</dt>
                <dd><code>{COMMANDS[step]}</code></dd>
              </div>
            ))}
          </dl>
          <h2>{copy.start.readable}</h2>
          <p className="start-note">{formats.map(({label}) => label).join(' · ')}</p>
        </section>
      </div>
    </div>
  );
}
