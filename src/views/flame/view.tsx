/** The flame graph: where samples were, with growth standing out. */
import {useMemo, useRef} from 'react';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {FrameColors} from '../../draw/color/frame-color.ts';
import {pathTo} from '../../draw/flame/rows.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {useSize} from '../ui/use-size.ts';
import {FlameLegend} from './legend.tsx';
import {Frames} from './frames.tsx';
import {FlameToolbar} from './toolbar.tsx';
import {FlameTrail} from './trail.tsx';
import {useFrameMenu} from './use-frame-menu.ts';
import './view.css';

const TOP_DOWN = {kind: 'top-down'} as const;

export function FlameView() {
  const copy = useCopy();
  const scope = useScope();
  const path = useStore((state) => state.path);
  const searched = useStore((state) => state.searched);
  const matchCase = useStore((state) => state.matchCase);
  const growthOnly = useStore((state) => state.growthOnly);
  const isReading = useStore(({sources}) => sources.some(({phase}) => phase === 'reading'));
  const host = useRef<HTMLDivElement>(null);
  const {widthPx} = useSize(host);
  const query = scope?.query ?? null;
  const {answer, isStale} = useAnswer('flame', query && widthPx > 0 ? {query, form: TOP_DOWN, path, widthPx, search: searched, ignoreCase: !matchCase} : null);
  const hasFrames = answer !== null && answer.treeWeight > 0;
  const colors = useFrameColors();
  return (
    <section className="flame" aria-label={copy.flame.title}>
      <FlameToolbar />
      <FlameTrail answer={answer} />
      <div ref={host} className={`flame-place${isStale ? ' stale' : ''}`}>
        {hasFrames && query ? <TopDown answer={answer} colors={colors} isFresh={!isStale} isReading={isReading} /> : null}
        {scope && !query ? <Message>{copy.flame.noSamples}</Message> : null}
        {answer && !hasFrames ? <Message>{growthOnly && answer.sums.samples > 0 ? copy.flame.noGrowth : scope?.range ? copy.flame.emptyRange : copy.flame.noSamples}</Message> : null}
      </div>
      {hasFrames ? <FlameLegend answer={answer} colors={colors} /> : null}
      {scope?.range && !scope.isEventOnAxis ? <p className="flame-note">{copy.flame.offAxis}</p> : null}
      <p id="flame-help" className="spoken">{copy.flame.help}</p>
    </section>
  );
}

/** Colours as the user chose them; new ones when that changes. */
function useFrameColors(): FrameColors {
  const theme = useCanvasTheme();
  const coloring = useStore((state) => state.coloring);
  const steppedBack = useStore((state) => state.steppedBack);
  return useMemo(() => new FrameColors(theme, coloring, new Set(steppedBack)), [theme, coloring, steppedBack]);
}

interface PictureProps {
  readonly answer: FlameAnswer;
  readonly colors: FrameColors;
  readonly isFresh: boolean;
  readonly isReading: boolean;
}

function TopDown({answer, colors, isFresh, isReading}: PictureProps) {
  const copy = useCopy();
  const path = useStore((state) => state.path);
  const searched = useStore((state) => state.searched);
  const isUpsideDown = useStore((state) => state.isUpsideDown);
  const zoomTo = useStore((state) => state.zoomTo);
  const zoom = (row: number) => zoomTo(pathTo(answer, row));
  const menuOf = useFrameMenu(answer, zoom);
  return (
    <Frames
      answer={answer} colors={colors} label={copy.flame.title} isFresh={isFresh} isReading={isReading} isUpsideDown={isUpsideDown} deeperIsCaller={false} firstDepth={0}
      isSearching={searched !== ''} zoomTo={zoom} zoomOut={() => zoomTo(path.slice(0, -1))} menuOf={menuOf}
    />
  );
}
