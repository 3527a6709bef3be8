/** What these files cannot tell, and the recordings that would, with their commands. */
import {useRef} from 'react';
import type {Scope} from '../../state/use-scope.ts';
import {useCopy} from '../../state/use-store.ts';
import {CopyButton} from '../ui/copy-button.tsx';
import {useAway} from '../ui/use-away.ts';
import type {Unknown} from './what-is-missing.ts';

/** As docs/capture.md has them. */
const PERF = 'perf record -k CLOCK_MONOTONIC -F 997 -g -o perf.data ./app\nperf script --header --ns -i perf.data > perf.txt';
const COMMANDS = {
  recordTrace: 'GODEBUG=traceallocfree=1 ./app',
  recordPerf: PERF,
  recordChains: PERF,
  recordNames: `go build -o app .\n${PERF}`,
  recordProbe: "perf probe -x ./app 'copystack=runtime.copystack gp=%ax:x64 newsize=%bx:u64 lo=+0(%ax):x64 hi=+8(%ax):x64 gsp=+56(%ax):x64'\nperf record -k CLOCK_MONOTONIC -g -e cpu-clock/freq=997/ -e probe_app:copystack -o perf.data ./app",
} as const;
type Recording = keyof typeof COMMANDS;

const RECORDINGS: Readonly<Record<Unknown, readonly Recording[]>> = {
  sizes: ['recordTrace', 'recordProbe'],
  traceSizes: ['recordTrace'],
  share: ['recordPerf'],
  chains: ['recordChains'],
  names: ['recordNames'],
  nothing: ['recordTrace', 'recordPerf'],
};

/** Traces before 1.23 know no stack events. */
function knowsNoStackEvents({summary}: Scope): boolean {
  return summary.sources.some(({version}) => {
    const minor = /^go 1\.(\d+)/.exec(version ?? '')?.[1];
    return minor !== undefined && Number(minor) < 23;
  });
}

export function Missing({scope, missing}: {readonly scope: Scope; readonly missing: readonly Unknown[]}) {
  const copy = useCopy();
  const text = copy.headline.missing;
  const details = useRef<HTMLDetailsElement>(null);
  // Floats over the page: a press beside it, or Escape in it, closes it.
  useAway(true, details, () => {
    if (details.current) details.current.open = false;
  });
  const wanted = missing.flatMap((unknown) => (unknown === 'traceSizes' && knowsNoStackEvents(scope) ? (['recordTrace', 'recordProbe'] as const) : RECORDINGS[unknown]));
  return (
    <>
      {missing.map((unknown) => <span key={unknown} className="headline-unknown">{text[unknown]} </span>)}
      <details
        ref={details} className="headline-missing"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !details.current?.open) return;
          event.preventDefault();
          details.current.open = false;
          details.current.querySelector('summary')?.focus();
        }}
      >
        <summary>{text.open}</summary>
        <div>
          {[...new Set<Recording>(wanted)].map((recording) => (
            <div key={recording}>
              <p>{text[recording]}</p>
              <div className="headline-command">
                <pre tabIndex={0}>{COMMANDS[recording]}</pre>
                <CopyButton text={COMMANDS[recording]} label={copy.capture.copy} />
              </div>
            </div>
          ))}
        </div>
      </details>
    </>
  );
}
