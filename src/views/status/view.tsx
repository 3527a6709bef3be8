/** The line at the bottom: what is selected, what was read, what was wrong, what the worker does, and that nothing leaves the browser. */
import {useLayoutEffect, useRef, useState} from 'react';
import type {OpenSource} from '../../state/slices/session.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {growthOfScope, useGrowthScope} from '../../state/use-growth.ts';
import {useLongWork} from '../../state/use-long-work.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {useWorkText} from '../../state/use-work-text.ts';
import './view.css';

export function StatusView() {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const scope = useScope();
  const sources = useStore((state) => state.sources);
  const heldBytes = useStore((state) => state.heldBytes);
  const isShortened = useStore((state) => state.isAddressShortened);
  const showTab = useStore((state) => state.showTab);
  // What the headline asks too: it is answered from what is kept.
  const {answer} = useAnswer('growthTable', growthOfScope(useGrowthScope(scope)));
  const groups = [...sources, ...(scope?.summary.sources ?? [])].flatMap((source) => source.faults);
  const faults = groups.reduce((sum, {count}) => sum + count, 0);
  const goroutines = scope?.summary.sources.reduce((sum, source) => sum + source.goroutines, 0) ?? 0;
  const reading = sources.filter(({phase}) => phase === 'reading');
  const again = sources.flatMap((source) => (source.again ? [{...source, again: source.again}] : []));
  const {status} = copy;
  return (
    <footer className="status">
      {scope?.range && scope.group ? <span>{status.selected(time.moment(scope.range.fromNs), time.moment(scope.range.toNs), figures.duration(scope.range.toNs - scope.range.fromNs))}</span> : scope?.group ? <span>{status.whole(figures.duration(scope.group.endNs))}</span> : null}
      {scope?.eventSummary ? <span>{answer && answer.samples !== scope.eventSummary.samples ? status.samplesInView(figures.count(answer.samples), figures.count(scope.eventSummary.samples)) : status.samples(figures.count(scope.eventSummary.samples))}</span> : null}
      {goroutines > 0 ? <span>{status.goroutines(figures.count(goroutines))}</span> : null}
      {sources.length > 0 ? <button type="button" onClick={() => showTab('faults')}>{status.faults(figures.count(faults))}</button> : null}
      {isShortened ? <span>{copy.address.shortened}</span> : null}
      <span className="status-right">
        {reading.map((source) => <Reading key={source.id} source={source} waits={source.bytes === 0 && reading.some(({bytes}) => bytes > 0)} />)}
        {again.map((source) => <Again key={source.id} id={source.id} name={source.name} read={source.again} />)}
        <Worker isReading={reading.length > 0 || again.length > 0} />
        {heldBytes > 0 ? <span title={status.heldHelp}>{figures.bytes(heldBytes)}</span> : null}
        <span>{status.local}</span>
      </span>
    </footer>
  );
}

/** Idle, at something, or at something that takes long: then what that is. */
function Worker({isReading}: {readonly isReading: boolean}) {
  const {status} = useCopy();
  const isIdle = useStore((state) => state.work === null) && !isReading;
  const text = useWorkText(useLongWork());
  return <span role="status" className={text === null ? undefined : 'status-long'}>{text ?? (isReading ? '' : isIdle ? status.idle : status.working)}</span>;
}

/** A file whose stacks are unwound by other binaries, how much of it, and the way to leave it as it is. */
function Again({id, name, read: {bytes, ofBytes}}: {readonly id: number; readonly name: string; readonly read: NonNullable<OpenSource['again']>}) {
  const {status, bar} = useCopy();
  const figures = useFigures();
  const stopAgain = useStore((state) => state.stopAgain);
  const done = bar.readingBytes(figures.bytes(bytes), ofBytes === null ? null : figures.bytes(ofBytes));
  return (
    <span>
      {status.again(name, done)}{' '}
      <button type="button" aria-label={status.stopAgain(name)} title={status.stopAgain(name)} onClick={() => stopAgain(id)}>{status.stop}</button>
    </span>
  );
}

/** How much of a file is read, and how fast that went since the first was heard of it; or that it waits for another one, which takes the core. */
function Reading({source: {name, bytes, ofBytes}, waits}: {readonly source: OpenSource; readonly waits: boolean}) {
  const {status, bar} = useCopy();
  const figures = useFigures();
  const began = useRef<{readonly ms: number; readonly bytes: number} | null>(null);
  const [bytesPerSecond, setRate] = useState(0);
  // Before it is painted: the rate comes in the same frame as the bytes, since each frame takes time that reading could have.
  useLayoutEffect(() => {
    if (bytes === 0) return;
    const nowMs = performance.now();
    began.current ??= {ms: nowMs, bytes};
    if (nowMs > began.current.ms) setRate(((bytes - began.current.bytes) / (nowMs - began.current.ms)) * 1000);
  }, [bytes]);
  if (waits) return <span>{status.waits(name)}</span>;
  const done = bar.readingBytes(figures.bytes(bytes), ofBytes === null ? null : figures.bytes(ofBytes));
  return <span>{status.reading(name, bytesPerSecond > 0 ? `${done} · ${figures.bytes(bytesPerSecond)}/s` : done)}</span>;
}
