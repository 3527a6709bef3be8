/** What a row is of, and how that is known. */
import {shortName} from '../../base/short-name.ts';
import {droppedLetters} from '../../draw/flame/label.ts';
import type {GrowthGrouping, GrowthRow} from '../../derive/growth-table/shape.ts';
import {CauseFrom} from '../../derive/growth/shape.ts';
import {useCopy} from '../../state/use-store.ts';

export interface RowNameProps {
  readonly row: GrowthRow;
  readonly by: GrowthGrouping;
  readonly onStory: (row: GrowthRow) => void;
  /** Of the column. */
  readonly widthPx: number;
}

const HOW = {[CauseFrom.None]: 'none', [CauseFrom.Sample]: 'sample', [CauseFrom.Caller]: 'caller', [CauseFrom.Event]: 'event', [CauseFrom.Shrink]: 'shrink'} as const;

/** Of a letter in the face of code, and what stands around a name and before it. */
const LETTER_PX = 7.3;
const PAD_PX = 18;
const SIGN_PX = 16;
const NUMBER_PX = 52;

/** Before a function: how it is known. The note under the table explains them. */
const SIGNS = {none: '', sample: '=', caller: '↑', event: '≈', shrink: ''} as const;

export function RowName({row, by, onStory, widthPx}: RowNameProps) {
  const copy = useCopy();
  const {name, from} = row;
  const how = HOW[from];
  const before = by === 'cause' ? SIGN_PX : by === 'goroutine' ? NUMBER_PX : 0;
  const unknown = by === 'cause' ? copy.growth.how[how] : copy.growth.unknownStart;
  return (
    <th scope="row" title={by === 'cause' ? `${name ?? ''}\n${copy.growth.howTitle[how]}`.trim() : (name ?? undefined)}>
      <div className="growth-name">
        {by === 'cause' && name !== null ? <span className="growth-how"><span aria-hidden="true">{SIGNS[how]}</span><span className="spoken">{copy.growth.how[how]}</span></span> : null}
        {by === 'goroutine' ? <GoroutineNumber row={row} onStory={onStory} /> : null}
        {name === null ? <span className="growth-unknown">{unknown}</span> : <FittedName name={shortName(name)} letters={Math.floor((widthPx - PAD_PX - before) / LETTER_PX)} />}
      </div>
    </th>
  );
}

/** Where room is short package and receiver go first, then the end, as on frames. What goes is still read out. */
function FittedName({name, letters}: {readonly name: string; readonly letters: number}) {
  const cut = droppedLetters(name, letters);
  return <code>{cut > 0 ? <span className="growth-dropped">{name.slice(0, cut)}</span> : null}{name.slice(cut)}</code>;
}

function GoroutineNumber({row, onStory}: Pick<RowNameProps, 'row' | 'onStory'>) {
  const copy = useCopy();
  const {goroutine, goroutineId} = row;
  if (Number.isNaN(goroutineId)) return null;
  const number = copy.timeline.goroutine(goroutineId);
  if (goroutine < 0) return <span className="growth-goroutine">{number}</span>;
  return (
    <button
      type="button" tabIndex={-1} className="growth-goroutine" title={copy.growth.openStory}
      onClick={(event) => {
        event.stopPropagation();
        onStory(row);
      }}
    >
      {number}
    </button>
  );
}
