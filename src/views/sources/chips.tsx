/** The open files, in the bar at the top: what each is, how far it is read, and a way to take it out. */
import type {OpenBinary} from '../../derive/binaries/shape.ts';
import type {OpenSource} from '../../state/slices/session.ts';
import type {SourceSummary} from '../../derive/summary/shape.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useBinaries} from '../../state/use-binaries.ts';
import {useBinaryText} from '../../state/use-binary-text.ts';
import {useScope} from '../../state/use-scope.ts';
import {Button} from '../ui/button.tsx';
import './chips.css';

/** More files than these are one row of names to be scrolled, and a way to the list of them: the bar keeps its height. */
const FEW = 4;

export function SourceChips() {
  const copy = useCopy();
  const figures = useFigures();
  const showTab = useStore((state) => state.showTab);
  const sources = useStore((state) => state.sources);
  const summary = useScope()?.summary;
  const binaries = useBinaries();
  const areMany = sources.length > FEW;
  return (
    <>
      {areMany ? <Button onClick={() => showTab('sources')}>{copy.bar.files(figures.count(sources.length))}</Button> : null}
      <ul className={`chips${areMany ? ' chips-many' : ''}`} aria-label={copy.bar.sources}>
        {sources.map((source) => <Chip key={source.id} source={source} summary={summary?.sources.find(({id}) => id === source.id) ?? null} binary={binaries?.open.find(({id}) => id === source.id) ?? null} />)}
      </ul>
    </>
  );
}

interface ChipProps {
  readonly source: OpenSource;
  /** Of a capture. */
  readonly summary: SourceSummary | null;
  /** Of a file of symbols. */
  readonly binary: OpenBinary | null;
}

function Chip({source, summary, binary}: ChipProps) {
  const copy = useCopy();
  const figures = useFigures();
  const binaryText = useBinaryText();
  const removeSource = useStore((state) => state.removeSource);
  const showTab = useStore((state) => state.showTab);
  const {id, name, phase, bytes, ofBytes} = source;
  const faults = [...source.faults, ...(summary?.faults ?? [])].reduce((sum, {count}) => sum + count, 0);
  const isReading = phase === 'reading';
  const isNotAligned = summary?.alignment.how === 'none' && summary.alignment.why !== 'no-times';
  return (
    <li className={`chip chip-${phase}${isNotAligned ? ' chip-apart' : ''}${binary ? ` chip-binary${binary.refusals.length > 0 ? ' chip-apart' : ''}` : ''}`}>
      <button type="button" className="chip-name" title={[name, facts(), ...(binary?.refusals.map(binaryText.refusal) ?? [])].join('\n')} onClick={() => showTab(faults > 0 ? 'faults' : 'sources')}>
        <span className="chip-dot" aria-hidden="true" />
        <strong>{name}</strong>
        <span className="chip-facts">{facts()}</span>
        {faults > 0 ? <span className="chip-faults">{copy.status.faults(figures.count(faults))}</span> : null}
      </button>
      {isReading ? <progress max={ofBytes ?? undefined} value={ofBytes === null ? undefined : bytes} aria-label={name} /> : null}
      <button type="button" className="chip-remove" aria-label={isReading ? copy.bar.cancelReading(name) : copy.bar.removeSource(name)} title={isReading ? copy.bar.cancelReading(name) : copy.bar.removeSource(name)} onClick={() => removeSource(id)}>
        <span aria-hidden="true">×</span>
      </button>
    </li>
  );

  function facts(): string {
    if (phase === 'unreadable') return copy.bar.unreadable;
    if (phase === 'failed') return copy.bar.failed;
    if (isReading) return copy.bar.readingBytes(figures.bytes(bytes), ofBytes === null ? null : figures.bytes(ofBytes));
    if (binary) return [binaryText.kindWord(binary), binary.buildId === null ? null : binaryText.shortId(binary.buildId), binaryText.use(binary)].filter((fact) => fact !== null).join(' · ');
    if (!summary) return '';
    const samples = summary.events.reduce((sum, event) => sum + event.samples, 0);
    const events = summary.events.filter((event) => event.samples > 0);
    return [
      summary.format === 'go-trace' && summary.version !== null ? copy.bar.traceFormat(summary.version) : null,
      events.length === 1 && summary.format.startsWith('perf-') ? events[0].name : null,
      samples > 0 ? copy.status.samples(figures.count(samples)) : null,
      summary.goroutines > 0 ? copy.sources.counts.goroutines(figures.count(summary.goroutines)) : null,
      summary.clock.known === 'stated' ? summary.clock.name : null,
      isNotAligned ? copy.sources.notAligned : null,
    ].filter((fact) => fact !== null).join(' · ');
  }
}
