/** The flame graph: where samples were, with growth standing out. */
import {useMemo, useRef, useState} from 'react';
import {isNarrowed} from '../../derive/filter/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {FrameColors} from '../../draw/color/frame-color.ts';
import {depthOf, pathTo, ROW_PX} from '../../draw/flame/rows.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {useSize, type Size} from '../ui/use-size.ts';
import {ExportMenu} from './export-menu.tsx';
import {Frames} from './frames.tsx';
import {FlameLegend} from './legend.tsx';
import type {FlamePart} from './part.ts';
import {TimeBar} from './time-bar.tsx';
import {Events, FlameToolbar, ViewMenu} from './toolbar.tsx';
import {FlameTrail} from './trail.tsx';
import {functionOf, useFrameMenu} from './use-frame-menu.ts';
import {useParts} from './use-parts.ts';
import {useTimeWindow} from './use-time-window.ts';
import './view.css';

export function FlameView() {
  const copy = useCopy();
  const scope = useScope();
  const isReading = useStore(({sources}) => sources.some(({phase}) => phase === 'reading'));
  const host = useRef<HTMLDivElement>(null);
  const placePx = useSize(host);
  const {widthPx} = placePx;
  const {parts, answer, isStale} = useParts(widthPx);
  const colors = useFrameColors();
  /** Which part the keyboard is in. */
  const [active, setActive] = useState(0);
  return (
    <section className="flame" aria-label={copy.flame.title}>
      <FlameToolbar>
        <FlameTrail answer={answer}>
          <Events />
          <ViewMenu />
          <ExportMenu parts={parts} colors={colors} widthPx={widthPx} />
        </FlameTrail>
      </FlameToolbar>
      <TimeBar answer={answer} />
      <div ref={host} className={`flame-place${isStale ? ' stale' : ''}`} style={parts.length < 2 ? undefined : {gridTemplateRows: `minmax(0, min(50%, ${heightOf(parts[0])}px)) minmax(0, 1fr)`}}>
        {parts.map((part, i) => (
          <Part key={part.id} part={part} placePx={parts.length === 1 ? placePx : undefined} colors={colors} isFresh={!isStale} isReading={isReading} isActive={i === Math.min(active, parts.length - 1)} onActive={() => setActive(i)} />
        ))}
        {parts.length === 0 ? <Nothing answer={answer} /> : null}
      </div>
      {parts.length > 0 ? <FlameLegend answers={parts.map((part) => part.answer)} colors={colors} /> : null}
      {scope?.range && !scope.isEventOnAxis && scope.event ? <p className="flame-note">{copy.flame.offAxis}</p> : null}
      <p id="flame-help" className="spoken">{copy.flame.help}</p>
    </section>
  );
}

/** Of all rows of a part. */
function heightOf({answer, firstDepth}: FlamePart): number {
  return Math.max(0, depthOf(answer) - firstDepth) * ROW_PX;
}

/** Why nothing is drawn, and what would tell. */
function Nothing({answer}: {readonly answer: FlameAnswer | null}) {
  const {flame, headline} = useCopy();
  const scope = useScope();
  const picture = useStore((state) => state.picture);
  const chosen = useStore((state) => state.chosenFunction);
  const growthOnly = useStore((state) => state.growthOnly);
  const transforms = useStore((state) => state.transforms);
  if (!scope) return <NothingRead />;
  if (!scope.query) return <Message help={<code>{flame.command}</code>}>{flame.noSamples}</Message>;
  if (picture === 'sandwich' && !chosen) return <Message>{flame.sandwichEmpty}</Message>;
  if (!answer) return null;
  if (picture === 'sandwich' && chosen) return <Message>{flame.notInView(chosen.name)}</Message>;
  if (growthOnly && answer.sums.samples > 0) return <Message>{scope.eventSummary?.hasStacks === false ? headline.missing.chains : scope.eventSummary?.hasNames === false ? headline.missing.names : flame.noGrowth}</Message>;
  if (transforms.length > 0 && answer.sums.samples > 0) return <Message>{flame.nothingLeft}</Message>;
  if (scope.range && isNarrowed(scope.filter)) return <Message>{flame.emptyBoth}</Message>;
  return <Message>{scope.range ? flame.emptyRange : isNarrowed(scope.filter) ? flame.emptyFilter : flame.noSamples}</Message>;
}

/** Colours as the user chose them; new ones when that changes. */
function useFrameColors(): FrameColors {
  const theme = useCanvasTheme();
  const coloring = useStore((state) => state.coloring);
  const steppedBack = useStore((state) => state.steppedBack);
  return useMemo(() => new FrameColors(theme, coloring, new Set(steppedBack)), [theme, coloring, steppedBack]);
}

interface PartProps {
  readonly part: FlamePart;
  readonly placePx: Size | undefined;
  readonly colors: FrameColors;
  readonly isFresh: boolean;
  readonly isReading: boolean;
  readonly isActive: boolean;
  readonly onActive: () => void;
}

function Part({part, placePx, colors, isFresh, isReading, isActive, onActive}: PartProps) {
  const {answer} = part;
  const path = useStore((state) => state.path);
  const searched = useStore((state) => state.searched);
  const zoomTo = useStore((state) => state.zoomTo);
  const sandwich = useStore((state) => state.sandwich);
  const time = useTimeWindow(answer);
  const zoom = (row: number) => {
    if (time) time.zoomTo(row);
    else if (answer.form.kind === 'callers' || answer.form.kind === 'callees') {
      const next = functionOf(answer, row);
      if (next) sandwich(next);
    } else zoomTo(pathTo(answer, row));
  };
  const zoomOut = () => (time ? time.zoomOut() : zoomTo(path.slice(0, -1)));
  const menuOf = useFrameMenu(answer, zoom);
  return (
    <Frames
      part={part} placePx={placePx} colors={colors} isFresh={isFresh} isReading={isReading} isSearching={searched !== ''} isActive={isActive} onActive={onActive}
      zoomTo={zoom} zoomOut={zoomOut} menuOf={menuOf}
    />
  );
}
