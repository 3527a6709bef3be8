/** Every open file: what it is, which clock it is on and how that is known, what it holds; and how an unknown clock is aligned. */
import {isMissing, type CaptureBinaries} from '../../derive/binaries/shape.ts';
import type {SourceSummary, SummaryAnswer} from '../../derive/summary/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useBinaries} from '../../state/use-binaries.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {AlignmentForm, FitText} from './alignment-form.tsx';
import {alignmentText, canBeAligned} from './alignment-text.ts';
import {SourceFacts} from './facts.tsx';
import {OpenBinarySection} from './open-binary.tsx';
import {WantedBinaries} from './wanted-binaries.tsx';
import './view.css';

export function SourcesView() {
  const copy = useCopy();
  const scope = useScope();
  const chooseGroup = useStore((state) => state.chooseGroup);
  const binaries = useBinaries();
  // Those that are refused come first: their place is another's.
  const refused = binaries?.open.filter(({refusals}) => refusals.length > 0).map((binary) => <OpenBinarySection key={binary.id} binary={binary} />) ?? [];
  const used = binaries?.open.filter(({refusals}) => refusals.length === 0).map((binary) => <OpenBinarySection key={binary.id} binary={binary} />) ?? [];
  if (!scope) return refused.length + used.length > 0 ? <div className="sources">{refused}{used}</div> : <NothingRead><Message>{copy.faults.nothing}</Message></NothingRead>;
  const {summary, group} = scope;
  const nameOf = (id: number) => summary.sources.find((source) => source.id === id)?.name ?? '';
  return (
    <div className="sources">
      {summary.groups.length > 1 ? (
        <fieldset className="sources-axes">
          <legend>{copy.sources.axis}</legend>
          {summary.groups.map(({reference}) => (
            <label key={reference}>
              <input type="radio" name="axis" checked={group?.reference === reference} onChange={() => chooseGroup(reference)} />
              {copy.sources.axisOf(nameOf(reference))}
            </label>
          ))}
        </fieldset>
      ) : null}
      {refused}
      {summary.sources.map((source) => <Source key={source.id} source={source} summary={summary} wanted={binaries?.captures.find(({id}) => id === source.id) ?? null} />)}
      {used}
    </div>
  );
}

function Source({source, summary, wanted}: {readonly source: SourceSummary; readonly summary: SummaryAnswer; readonly wanted: CaptureBinaries | null}) {
  const copy = useCopy();
  const figures = useFigures();
  const {counts} = copy.sources;
  const formats = useStore((state) => state.formats);
  const {answer} = useAnswer('alignment', {source: source.id});
  const names = wanted ? <WantedBinaries capture={wanted} /> : null;
  // What can be done comes first.
  const isWanting = wanted?.wanted.some(isMissing) ?? false;
  const holds = [
    ...source.events.filter(({samples}) => samples > 0).map(({name, samples}) => counts.samples(figures.count(samples), name)),
    counts.threads(figures.count(source.threads)),
    ...(source.goroutines > 0
      ? [counts.goroutines(figures.count(source.goroutines)), source.hasStackSizes ? counts.growths(figures.count(source.growths), figures.count(source.shrinks)) : counts.noSizes]
      : []),
  ];
  return (
    <section className="source" aria-label={source.name}>
      <h3>{source.name}</h3>
      {isWanting ? names : null}
      <dl>
        <dt>{copy.sources.format}</dt>
        <dd>{formats.find(({id}) => id === source.format)?.label ?? source.format}{source.version === null ? '' : `, ${copy.sources.version(source.version)}`}</dd>
        <dt>{copy.sources.clock}</dt>
        <dd>{clockText(source, copy)}</dd>
        <dt>{copy.sources.alignment}</dt>
        <dd>
          {alignmentText(source, copy)}
          {answer?.now ? <FitText fit={answer.now} warnBelow={answer.warnBelow} /> : null}
        </dd>
        <dt>{copy.sources.holds}</dt>
        <dd>{holds.join(' · ')}</dd>
        <SourceFacts source={source} />
        {source.notKept.length > 0 ? (
          <>
            <dt>{copy.sources.notKept}</dt>
            <dd>{source.notKept.map(({what, count}) => counts.notKept(figures.count(count), what)).join(' · ')}</dd>
          </>
        ) : null}
      </dl>
      {isWanting ? null : names}
      {canBeAligned(source, summary) ? <AlignmentForm source={source} answer={answer} /> : null}
    </section>
  );
}

function clockText({clock}: SourceSummary, copy: Copy): string {
  return clock.known === 'stated' ? copy.sources.clocks.stated(clock.name ?? '') : copy.sources.clocks[clock.known];
}
