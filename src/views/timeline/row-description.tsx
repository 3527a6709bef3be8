/** What the canvas shows of the chosen row, in words: how much of the time in view it is in each state, and the sizes of its stack. */
import type {LaneMatchesAnswer} from '../../derive/lane-matches/shape.ts';
import {LaneMark, type LaneRow, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function RowDescription({id, answer, matches, row}: {readonly id: string; readonly answer: LanesAnswer | null; readonly matches: LaneMatchesAnswer | null; readonly row: LaneRow | null}) {
  const {timeline} = useCopy();
  const figures = useFigures();
  const shown = answer && row ? shownOf(answer, row) : null;
  const found = matches && row ? (matches.found[matches.keys.indexOf(row.key)] ?? 0) : 0;
  const parts = shown && [
    ...shown.states.map(({state, share}) => `${timeline.states[state]} ${figures.share(share)}`),
    ...(shown.most > 0 ? [timeline.sizesInView(figures.bytes(2 ** shown.least), figures.bytes(2 ** shown.most))] : []),
    ...(shown.growths ? [timeline.growthMark] : []),
    ...(shown.shrinks ? [timeline.shrinkMark] : []),
    ...(found > 0 ? [timeline.found(figures.count(found))] : []),
  ];
  return <p id={id} className="spoken">{parts === null ? '' : parts.length === 0 ? timeline.nothingInView : timeline.inView(parts.join(', '))}</p>;
}

interface Shown {
  /** Shares of the time that the row has a state at all, the largest first. */
  readonly states: readonly {readonly state: number; readonly share: number}[];
  /** log2 of the sizes; 0: none is known. */
  readonly least: number;
  readonly most: number;
  readonly growths: boolean;
  readonly shrinks: boolean;
}

/** Reads what is drawn, so that what is said is what is seen. */
function shownOf(answer: LanesAnswer, row: LaneRow): Shown {
  const at = answer.rows.indexOf(row) * answer.widthPx;
  const plane = (of: Uint8Array) => of.subarray(at, at + answer.widthPx);
  const hasStates = row.kind === 'goroutine' || row.kind === 'thread' || row.kind === 'proc';
  const counts = new Map<number, number>();
  if (hasStates) for (const state of plane(answer.state)) if (state > 0) counts.set(state, (counts.get(state) ?? 0) + 1);
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const sizes = plane(answer.size).filter((order) => order > 0);
  const marks = plane(answer.marks);
  return {
    states: [...counts].map(([state, count]) => ({state, share: count / all})).sort((a, b) => b.share - a.share),
    least: sizes.reduce((least, order) => Math.min(least, order), sizes[0] ?? 0),
    most: sizes.reduce((most, order) => Math.max(most, order), 0),
    growths: marks.some((bits) => bits & LaneMark.Growth),
    shrinks: marks.some((bits) => bits & LaneMark.Shrink),
  };
}
