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
  const {name, goroutine, goroutineId, from} = row;
  if (by === 'cause') {
    const how = HOW[from];
    return (
      <th scope="row" title={`${name ?? ''}\n${copy.growth.howTitle[how]}`.trim()}>
        {name === null ? <span className="growth-unknown">{copy.growth.how[how]}</span> : (
          <>
            <span className="growth-how" aria-hidden="true">{SIGNS[how]}</span>
            <code>{shortName(name)}</code>
            <span className="spoken">{copy.growth.how[how]}</span>
          </>
        )}
      </th>
    );
  }
  const start = name === null ? <span className="growth-unknown">{copy.growth.unknownStart}</span> : <code>{shortName(name)}</code>;
  if (by === 'startFunction') return <th scope="row" title={name ?? undefined}>{start}</th>;
  return (
    <th scope="row" title={name ?? undefined}>
      {goroutine < 0 ? <span className="growth-goroutine">{Number.isNaN(goroutineId) ? '' : copy.timeline.goroutine(String(goroutineId))}</span> : (
        <button
          type="button" tabIndex={-1} className="growth-goroutine" title={copy.growth.openStory}
          onClick={(event) => {
            event.stopPropagation();
            onStory(row);
          }}
        >
          {copy.timeline.goroutine(String(goroutineId))}
        </button>
      )} {start}
    </th>
  );
}
