/** What a row is of, and how that is known. */
import {shortName} from '../../base/short-name.ts';
import type {GrowthGrouping, GrowthRow} from '../../derive/growth-table/shape.ts';
import {CauseFrom} from '../../derive/growth/shape.ts';
import {useCopy} from '../../state/use-store.ts';

export interface RowNameProps {
  readonly row: GrowthRow;
  readonly by: GrowthGrouping;
  readonly onStory: (row: GrowthRow) => void;
}

const HOW = {[CauseFrom.None]: 'none', [CauseFrom.Sample]: 'sample', [CauseFrom.Caller]: 'caller', [CauseFrom.Event]: 'event', [CauseFrom.Shrink]: 'shrink'} as const;

/** Before a function: how it is known. The note under the table explains them. */
const SIGNS = {none: '', sample: '=', caller: '↑', event: '≈', shrink: ''} as const;

export function RowName({row, by, onStory}: RowNameProps) {
  const copy = useCopy();
  const {name, from} = row;
  const how = HOW[from];
  const unknown = by === 'cause' ? copy.growth.how[how] : copy.growth.unknownStart;
  return (
    <th scope="row" title={by === 'cause' ? `${name ?? ''}\n${copy.growth.howTitle[how]}`.trim() : (name ?? undefined)}>
      <div className="growth-name">
        {by === 'cause' && name !== null ? <span className="growth-how"><span aria-hidden="true">{SIGNS[how]}</span><span className="spoken">{copy.growth.how[how]}</span></span> : null}
        {by === 'goroutine' ? <GoroutineNumber row={row} onStory={onStory} /> : null}
        {/* Where room is short the beginning goes: the end tells functions apart. */}
        {name === null ? <span className="growth-unknown">{unknown}</span> : <code><bdi dir="ltr">{shortName(name)}</bdi></code>}
      </div>
    </th>
  );
}

function GoroutineNumber({row, onStory}: Pick<RowNameProps, 'row' | 'onStory'>) {
  const copy = useCopy();
  const {goroutine, goroutineId} = row;
  if (Number.isNaN(goroutineId)) return null;
  const number = copy.timeline.goroutine(String(goroutineId));
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
