/** Says how a source lies on the axis where its file does not: an offset by hand, or its times as they are. */
import {useId, useState} from 'react';
import type {AlignmentAnswer} from '../../derive/alignment/shape.ts';
import type {Fit} from '../../derive/join/shape.ts';
import type {SourceSummary} from '../../derive/summary/shape.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';

/** `answer`: how well the source would fit; null: not known yet. */
export function AlignmentForm({source, answer}: {readonly source: SourceSummary; readonly answer: AlignmentAnswer | null}) {
  const copy = useCopy();
  const align = useStore((state) => state.align);
  const [offset, setOffset] = useState(source.alignment.how === 'by-hand' ? String(source.alignment.offsetNs) : '');
  const [isWrong, setWrong] = useState(false);
  const id = useId();
  const proposal = answer?.asIs ?? null;
  const apply = () => {
    const offsetNs = wholeNumber(offset);
    setWrong(offsetNs === null);
    if (offsetNs !== null) align(source.id, {how: 'by-hand', offsetNs});
  };
  return (
    <form
      className="alignment"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <label htmlFor={id}>{copy.sources.offset}</label>
      <div className="alignment-row">
        <input id={id} className="field" inputMode="numeric" autoComplete="off" value={offset} aria-invalid={isWrong} aria-describedby={isWrong ? `${id}-wrong` : undefined} onChange={({target}) => setOffset(target.value)} />
        <Button onClick={apply}>{copy.sources.apply}</Button>
        {source.alignment.how === 'none' ? null : <Button onClick={() => align(source.id, null)}>{copy.sources.reset}</Button>}
      </div>
      {isWrong ? <p id={`${id}-wrong`} role="alert">{copy.sources.badOffset}</p> : null}
      {proposal?.refused ? <p>{copy.sources.refused[proposal.refused]}</p> : null}
      {proposal?.refused === null ? (
        <div className="alignment-row">
          <Button onClick={() => align(source.id, {how: 'as-is'})}>{copy.sources.useAsIs}</Button>
          <FitText fit={proposal.fit} warnBelow={answer?.warnBelow ?? 0} />
        </div>
      ) : null}
    </form>
  );
}

/** How well a source fits; warns where that is not well. */
export function FitText({fit: {matching, compared}, warnBelow}: {readonly fit: Fit; readonly warnBelow: number}) {
  const copy = useCopy();
  const figures = useFigures();
  if (compared === 0) return <p className="alignment-fit">{copy.sources.fitNothing}</p>;
  const share = matching / compared;
  return (
    <p className="alignment-fit">
      {copy.sources.fit(figures.share(share), figures.count(matching), figures.count(compared))}
      {share < warnBelow ? <strong> {copy.sources.fitWarning}</strong> : null}
    </p>
  );
}

/** A whole number as a person may type it: with a sign, spaces or commas between thousands. null: it is none. */
function wholeNumber(text: string): bigint | null {
  const plain = text.trim().replace(/^[−–]/, '-').replace(/\s|_|,(?=\d{3}(?:\D|$))/g, '').replace(/ns$/, '');
  return /^[+-]?\d{1,19}$/.test(plain) ? BigInt(plain.replace(/^\+/, '')) : null;
}
