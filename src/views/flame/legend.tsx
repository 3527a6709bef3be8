/** What the colours mean, and a filter: an entry steps its frames back, or all others. */
import type {KeyboardEvent, MouseEvent} from 'react';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {Inlined, KnownBy} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import {kindKey, type FrameColors} from '../../draw/color/frame-color.ts';
import {INLINED_SIGN} from '../../draw/flame/label.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {colorings} from '../../state/slices/flame.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Choice} from '../ui/choice.tsx';
import {frameOf} from './frame-of.ts';
import './legend.css';

export interface LegendEntry {
  readonly key: string;
  readonly text: string;
  readonly fill: string;
  readonly isGrowth?: boolean;
  readonly isHatched?: boolean;
}

const KINDS = [FrameKind.Growth, FrameKind.Go, FrameKind.Runtime, FrameKind.Gc, FrameKind.C, FrameKind.Kernel, FrameKind.LostCaller] as const;
/** Groups beyond these are counted, not listed. */
const MOST_GROUPS = 9;

export function FlameLegend({answers, colors}: {readonly answers: readonly FlameAnswer[]; readonly colors: FrameColors}) {
  const copy = useCopy();
  const figures = useFigures();
  const coloring = useStore((state) => state.coloring);
  const colorBy = useStore((state) => state.colorBy);
  const steppedBack = useStore((state) => state.steppedBack);
  const stepBack = useStore((state) => state.stepBack);
  const entries = legendOf(copy, answers, colors);
  const listed = entries.slice(0, MOST_GROUPS);
  const isBack = (key: string) => steppedBack.includes(key);
  const toggle = (key: string) => stepBack(isBack(key) ? steppedBack.filter((other) => other !== key) : [...steppedBack, key]);
  const only = (key: string) => {
    const others = entries.map((entry) => entry.key).filter((other) => other !== key);
    // Again: all are shown.
    stepBack(others.every(isBack) && !isBack(key) ? [] : others);
  };
  const onClick = (event: MouseEvent, key: string) => (event.altKey ? only(key) : toggle(key));
  const onKeyDown = (event: KeyboardEvent, key: string) => {
    if (event.key !== 'Enter' || !event.altKey) return;
    event.preventDefault();
    only(key);
  };
  return (
    <div className="flame-legend">
      <Choice label={copy.flame.coloring.label} isLabelHidden value={coloring} onChoose={colorBy} options={colorings.map((value) => ({value, text: copy.flame.coloring[value]}))} />
      <ul aria-label={copy.flame.legend}>
        {listed.map(({key, text, fill, isGrowth, isHatched}) => (
          <li key={key}>
            <button type="button" aria-pressed={!isBack(key)} title={`${text}\n${copy.flame.legendHelp}`} onClick={(event) => onClick(event, key)} onKeyDown={(event) => onKeyDown(event, key)}>
              <span className={`flame-patch${isHatched ? ' flame-hatched' : ''}`} style={{backgroundColor: fill}} aria-hidden="true">{isGrowth ? '▲' : ''}</span>
              {text}
            </button>
          </li>
        ))}
        {answers.some(({knownBy}) => knownBy.includes(KnownBy.Neighbour)) ? <li className="flame-neighbour-key" title={copy.flame.neighbour}><span className="flame-patch" aria-hidden="true" />{copy.flame.neighbourKey}</li> : null}
        {answers.some(({knownBy}) => knownBy.includes(KnownBy.Restored)) ? <li className="flame-restored-key" title={copy.flame.restored}><span className="flame-patch" aria-hidden="true" />{copy.flame.restoredKey}</li> : null}
        {answers.some(({inlined}) => inlined.includes(Inlined.All)) ? <li className="flame-inlined-key" title={copy.symbols.inlined.all}><span aria-hidden="true">{INLINED_SIGN}</span>{copy.symbols.inlined.word}</li> : null}
      </ul>
      {entries.length > MOST_GROUPS ? <span className="flame-more">{copy.flame.moreKeys(figures.count(entries.length - MOST_GROUPS))}</span> : null}
    </div>
  );
}

/** The colours that frames of these answers may have. */
export function legendOf(copy: Copy, answers: readonly FlameAnswer[], colors: FrameColors): LegendEntry[] {
  const {kinds, noGroupKey, foundKey, restKey} = copy.flame;
  const ofKind = (kind: FrameKind): LegendEntry => ({
    key: kindKey(kind), text: kinds[kind], fill: colors.plainFill({kind, name: '', dso: ''}, false), isGrowth: kind === FrameKind.Growth, isHatched: kind === FrameKind.LostCaller,
  });
  const {mode} = colors;
  switch (mode) {
    case 'kind': return KINDS.map(ofKind);
    case 'search': {
      const any = {kind: FrameKind.Go, name: '', dso: ''};
      return [{key: 'found', text: foundKey, fill: colors.plainFill(any, true)}, {key: 'rest', text: restKey, fill: colors.plainFill(any, false)}];
    }
    case 'package':
    case 'dso': return [ofKind(FrameKind.Growth), ...groups(answers, colors, mode, noGroupKey[mode]), ofKind(FrameKind.LostCaller)];
  }
}

/** The packages or object files in view, those with most weight of their own first. */
function groups(answers: readonly FlameAnswer[], colors: FrameColors, mode: 'package' | 'dso', none: string): LegendEntry[] {
  const weights = new Map<string, {readonly fill: string; weight: number}>();
  for (const answer of answers) {
    for (let row = 0; row < answer.length; row++) {
      const frame = frameOf(answer, row);
      const {key} = colors.keyOf(frame, false);
      if (!key.startsWith(`${mode} `)) continue;
      let group = weights.get(key);
      if (!group) weights.set(key, (group = {fill: colors.plainFill(frame, false), weight: 0}));
      group.weight += answer.self[row] + answer.hiddenWeight[row];
    }
  }
  return [...weights].sort(([, a], [, b]) => b.weight - a.weight).map(([key, {fill}]) => {
    const name = key.slice(mode.length + 1);
    return {key, text: name === '' ? none : (name.split('/').at(-1) ?? name), fill};
  });
}
