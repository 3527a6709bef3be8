/** What frames are called and what is said of them. */
import {useMemo} from 'react';
import type {Figures} from '../../base/figures.ts';
import {shortName} from '../../base/short-name.ts';
import {Inlined, KnownBy} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {INLINED_SIGN, wholeLabel, type FrameLabel} from '../../draw/flame/label.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {frameName} from '../../state/frame-name.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useWeightText, type WeightText} from '../../state/use-weight-text.ts';

export interface FrameText {
  /** What is written on the frame. */
  label(row: number): FrameLabel;
  /** The whole name of its function, as recorded; what stands for it where it has none. */
  fullName(row: number): string;
  /** For the card beside the frame, a line each. */
  details(row: number): string[];
  /** For the ear. */
  sentence(row: number): string;
}

export function useFrameText(answer: FlameAnswer): FrameText {
  const copy = useCopy();
  const figures = useFigures();
  const weightText = useWeightText(answer.query);
  return useMemo(() => frameText(answer, copy, figures, weightText), [answer, copy, figures, weightText]);
}

export function frameText(answer: FlameAnswer, copy: Copy, figures: Figures, {weight: weightText, countOf}: WeightText): FrameText {
  const {kind, name, names, total, self, parent, count, times, inlined, knownBy, packageOfName, packages, dsoOfName, dsos, hiddenChildren, hiddenWeight} = answer;
  const fullName = (row: number) => frameName(copy, name[row] < 0 ? null : names[name[row]], kind[row]);
  const label = (row: number): FrameLabel => ({
    sign: `${times[row] > 1 ? '↻' : kind[row] === FrameKind.Growth ? '▲' : ''}${inlined[row] === Inlined.All ? INLINED_SIGN : ''}`,
    name: kind[row] === FrameKind.Root ? `${copy.flame.all} · ${weightText(answer.treeWeight)}` : shortName(fullName(row)),
    suffix: times[row] > 1 ? `× ${figures.count(times[row])}` : '',
  });
  const shareOf = (value: number, whole: number) => figures.share(value / Math.max(whole, Number.MIN_VALUE));
  const share = (row: number) => shareOf(total[row], answer.sums.weight);
  const place = (row: number): string[] => {
    if (name[row] < 0) return [];
    const [own, object] = [packageOfName[name[row]], dsoOfName[name[row]]];
    return [[own < 0 ? '' : copy.flame.inPackage(packages[own]), object < 0 ? '' : dsos[object]].filter((part) => part !== '').join(' · ')].filter((line) => line !== '');
  };
  return {
    label,
    fullName,
    details: (row) => [
      [`${weightText(total[row])} · ${copy.flame.ofAll(share(row))}`, ...(parent[row] >= 0 ? [copy.flame.ofParent(shareOf(total[row], total[parent[row]]))] : [])].join(' · '),
      [copy.flame.self(weightText(self[row])), ...(answer.query.weight === 'samples' ? [] : [countOf(count[row])]), copy.flame.kinds[kind[row]]].join(' · '),
      ...place(row),
      ...(times[row] > 1 ? [copy.flame.folded(figures.count(times[row]))] : []),
      ...(inlined[row] === Inlined.None ? [] : [copy.symbols.inlined[inlined[row] === Inlined.All ? 'all' : 'some']]),
      ...(knownBy[row] === KnownBy.Neighbour ? [copy.flame.neighbour] : knownBy[row] === KnownBy.Restored ? [copy.flame.restored] : []),
      ...(hiddenChildren[row] > 0 ? [copy.flame.more(figures.count(hiddenChildren[row]), weightText(hiddenWeight[row]))] : []),
    ],
    sentence: (row) => copy.flame.frame(wholeLabel(label(row)), weightText(total[row]), share(row), [copy.flame.kinds[kind[row]], ...(knownBy[row] === KnownBy.Restored ? [copy.flame.restoredKey] : []), ...(inlined[row] === Inlined.All ? [copy.symbols.inlined.word] : [])].join(', ')),
  };
}
