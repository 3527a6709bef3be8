/** The ruler: what was measured, and what is being measured from one press of M to the next. */
import {useState} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {Range} from '../../state/slices/selection.ts';
import {keptRange, rebased} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';

export interface Ruler {
  /** null: nothing is measured. */
  readonly range: Range | null;
  /** From where it is being measured; null: it is not. */
  readonly anchorNs: number | null;
  /** What a drag measured. */
  set(range: Range): void;
  /** The first press begins at a time, the second ends at one. */
  press(timeNs: number): void;
  /** While it is being measured: to here. */
  reach(timeNs: number): void;
  drop(): void;
}

export function useRuler(group: AxisGroup, say: (what: string) => void): Ruler {
  const {moment} = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const measured = useStore((state) => state.measured);
  const measure = useStore((state) => state.measure);
  const [anchorNs, setAnchor] = useState<number | null>(null);
  const [toNs, setTo] = useState(0);
  const ordered = (a: number, b: number): Range => ({fromNs: Math.max(0, Math.min(a, b)), toNs: Math.min(group.endNs, Math.max(a, b))});
  const set = (range: Range) => {
    measure(keptRange(range, group));
    say(moment.measured(figures.duration(range.toNs - range.fromNs), time.exact(range.fromNs), time.exact(range.toNs)));
  };
  return {
    range: anchorNs === null ? rebased(measured, group) : ordered(anchorNs, toNs),
    anchorNs,
    set,
    press: (timeNs) => {
      if (anchorNs === null) {
        setAnchor(timeNs);
        setTo(timeNs);
        say(moment.measuring(time.exact(timeNs)));
        return;
      }
      setAnchor(null);
      set(ordered(anchorNs, timeNs));
    },
    reach: (timeNs) => {
      if (anchorNs !== null) setTo(timeNs);
    },
    drop: () => {
      setAnchor(null);
      if (measured) measure(null);
    },
  };
}
