/** Names and figures of the rows on the screen as a tree: what the canvas draws, for the keyboard and for those who do not see it. */
import {memo, type KeyboardEvent} from 'react';
import {TICKS_PX} from '../../draw/timeline/row-places.ts';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LaneMatchesAnswer} from '../../derive/lane-matches/shape.ts';
import type {LaneRow, LanesAnswer} from '../../derive/lanes/shape.ts';
import {useCopy} from '../../state/use-store.ts';
import {AxisSwitch} from './axis-switch.tsx';
import {RowDescription} from './row-description.tsx';
import {useRowText, type RowText} from './use-row-text.ts';

export interface LaneNamesProps {
  readonly group: AxisGroup;
  readonly answer: LanesAnswer | null;
  /** Where what is searched was found; null: nothing is. */
  readonly matches: LaneMatchesAnswer | null;
  /** Key of the row chosen; null: none. */
  readonly selected: string | null;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  /** Chooses a row; one that has others under it is opened or closed. */
  readonly onPick: (row: LaneRow) => void;
}

const INDENT_PX = 14;
/** Lower rows have one line: name and figures side by side. */
const TWO_LINES_PX = 28;
/** Higher ones have three: what the height of the area means. */
const THREE_LINES_PX = 46;

/** A memo: a hand that pans or zooms changes the window many times between two answers. */
export const LaneNames = memo(function LaneNames({group, answer, matches, selected, onKeyDown, onPick}: LaneNamesProps) {
  const copy = useCopy();
  const describe = useRowText();
  const chosen = answer?.rows.find(({key}) => key === selected) ?? null;
  return (
    <div className="lanes-gutter">
      <div className="lanes-corner" style={{height: TICKS_PX}}><AxisSwitch group={group} /></div>
      <div
        className="lane-names" role="tree" tabIndex={0} aria-label={copy.timeline.lanes} aria-describedby="lanes-help row-description"
        aria-activedescendant={chosen ? idOf(chosen.key) : undefined} onKeyDown={onKeyDown}
      >
        {answer?.rows.map((row) => <LaneName key={row.key} row={row} text={describe(row)} isSelected={row.key === selected} onPick={onPick} />)}
        {answer?.rows.length === 0 ? <div role="treeitem" aria-selected={false} className="spoken">{copy.timeline.noMatch}</div> : null}
      </div>
      <p id="lanes-help" className="spoken">{copy.timeline.lanesHelp}</p>
      <RowDescription id="row-description" answer={answer} matches={matches} row={chosen} />
    </div>
  );
});

interface LaneNameProps {
  readonly row: LaneRow;
  readonly text: RowText;
  readonly isSelected: boolean;
  readonly onPick: LaneNamesProps['onPick'];
}

/** Answers bring new rows; most say what those before said. */
const LaneName = memo(function LaneName({row, text: {title, fullName, figures, scale}, isSelected, onPick}: LaneNameProps) {
  const about = [title === fullName ? '' : fullName, scale].filter((line) => line !== '').join('\n');
  return (
    <div
      id={idOf(row.key)} role="treeitem" className={`lane-name lane-name-${row.kind}${row.heightPx < TWO_LINES_PX ? ' lane-name-line' : ''}`}
      aria-label={figures === '' ? fullName : `${fullName}, ${figures}`} aria-level={row.level} aria-posinset={row.position} aria-setsize={row.siblings}
      aria-expanded={row.isOpen ?? undefined} aria-selected={isSelected} title={about === '' ? undefined : about}
      style={{top: row.topPx, height: row.heightPx, paddingLeft: 8 + (row.level - 1) * INDENT_PX}}
      onClick={() => onPick(row)}
    >
      <span className="lane-twisty" aria-hidden="true">{row.isOpen === null ? '' : row.isOpen ? '▾' : '▸'}</span>
      <span className="lane-title">{title}</span>
      {figures === '' ? null : <small>{figures}</small>}
      {scale === '' || row.heightPx < THREE_LINES_PX ? null : <small className="lane-scale">{scale}</small>}
    </div>
  );
}, (a, b) => a.isSelected === b.isSelected && a.onPick === b.onPick && isAlike(a.text, b.text) && isAlike({...a.row, parent: null}, {...b.row, parent: null}) && isAlike(a.row.parent ?? {}, b.row.parent ?? {}));

/** Whether two objects of plain values say the same. */
function isAlike<T extends object>(a: T, b: T): boolean {
  const keys = Object.keys(a) as (keyof T)[];
  return keys.length === Object.keys(b).length && keys.every((key) => Object.is(a[key], b[key]));
}

function idOf(key: string): string {
  return `row-${key.replaceAll(/[^\w.-]/g, '_')}`;
}
