/** What frames are called and what is said of them. */
import {useMemo} from 'react';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useWeightText} from './use-weight-text.ts';

export interface FrameText {
  name(row: number): string;
  /** For the card beside the pointer, a line each. */
  details(row: number): string[];
  /** For the ear. */
  sentence(row: number): string;
}

export function useFrameText(answer: FlameAnswer): FrameText {
  const copy = useCopy();
  const figures = useFigures();
  const {weight: weightText} = useWeightText(answer.query);
  return useMemo(() => {
    const name = (row: number) => {
      switch (answer.kind[row]) {
        case FrameKind.Root: return `${copy.flame.all} · ${weightText(answer.treeWeight)}`;
        case FrameKind.LostCaller: return copy.flame.lostCaller;
        case FrameKind.LostTwo: return copy.flame.lostTwo;
        case FrameKind.Cut: return copy.flame.cut;
        case FrameKind.NoStack: return copy.flame.noStack;
        case FrameKind.Group: return answer.names[answer.name[row]] ?? copy.flame.noGroup;
        case FrameKind.Growth: return `▲ ${answer.names[answer.name[row]]}`;
        default: return answer.names[answer.name[row]] ?? '';
      }
    };
    const share = (row: number) => figures.share(answer.total[row] / Math.max(answer.sums.weight, Number.MIN_VALUE));
    const kind = (row: number) => copy.flame.kinds[answer.kind[row]];
    return {
      name,
      details: (row) => [
        `${weightText(answer.total[row])} · ${copy.flame.ofAll(share(row))} · ${copy.flame.self(weightText(answer.self[row]))}`,
        kind(row),
        ...(answer.hiddenChildren[row] > 0 ? [copy.flame.more(figures.count(answer.hiddenChildren[row]), weightText(answer.hiddenWeight[row]))] : []),
      ],
      sentence: (row) => copy.flame.frame(name(row), weightText(answer.total[row]), share(row), kind(row)),
    };
  }, [answer, copy, figures, weightText]);
}
