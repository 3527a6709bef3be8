/** The flame graph: where samples were, with growth standing out. */
import {useCallback, useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent} from 'react';
import {FlameChart} from '../../draw/flame/chart.ts';
import {firstChild, pathTo, ROW_PX, rowAt, sibling} from '../../draw/flame/rows.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Legend, type LegendEntry} from '../ui/legend.tsx';
import {Message} from '../ui/message.tsx';
import {Tooltip} from '../ui/tooltip.tsx';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {useSize} from '../ui/use-size.ts';
import {FlameToolbar} from './toolbar.tsx';
import {useFrameText} from './use-frame-text.ts';
import './view.css';

const TOP_DOWN = {kind: 'top-down'} as const;

export function FlameView() {
  const copy = useCopy();
  const scope = useScope();
  const path = useStore((state) => state.path);
  const searched = useStore((state) => state.searched);
  const growthOnly = useStore((state) => state.growthOnly);
  const isReading = useStore(({sources}) => sources.some(({phase}) => phase === 'reading'));
  const host = useRef<HTMLDivElement>(null);
  const {widthPx} = useSize(host);
  const query = scope?.query ?? null;
  const {answer, isStale} = useAnswer('flame', query && widthPx > 0 ? {query, form: TOP_DOWN, path, widthPx, search: searched, ignoreCase: searched === searched.toLowerCase()} : null);
  const hasFrames = answer !== null && answer.treeWeight > 0;
  return (
    <section className="flame" aria-label={copy.flame.title}>
      <FlameToolbar answer={answer} />
      <div ref={host} className={`flame-place${isStale ? ' stale' : ''}`}>
        {hasFrames && query ? <FlamePicture answer={answer} isFresh={!isStale} isReading={isReading} /> : null}
        {scope && !query ? <Message>{copy.flame.noSamples}</Message> : null}
        {answer && !hasFrames ? <Message>{growthOnly && answer.sums.samples > 0 ? copy.flame.noGrowth : scope?.range ? copy.flame.emptyRange : copy.flame.noSamples}</Message> : null}
      </div>
      {hasFrames ? <Legend label={copy.timeline.legend} entries={legend(copy)} /> : null}
      {scope?.range && !scope.isEventOnAxis ? <p className="flame-note">{copy.flame.offAxis}</p> : null}
    </section>
  );
}

/** `isFresh`: the answer is of what is chosen now. `isReading`: more samples are to come. */
function FlamePicture({answer, isFresh, isReading}: {readonly answer: FlameAnswer; readonly isFresh: boolean; readonly isReading: boolean}) {
  const copy = useCopy();
  const text = useFrameText(answer);
  const theme = useCanvasTheme();
  const path = useStore((state) => state.path);
  const isSearching = useStore((state) => state.searched !== '');
  const zoomTo = useStore((state) => state.zoomTo);
  const setPainting = useStore((state) => state.setPainting);
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frames = useRef<HTMLDivElement>(null);
  const chart = useRef<FlameChart | null>(null);
  /** What was last painted. */
  const [painted, setPainted] = useState<FlameAnswer | null>(null);
  const {widthPx, heightPx} = useSize(host);
  const [selected, setSelected] = useState(-1);
  const [pointed, setPointed] = useState<{row: number; x: number; y: number} | null>(null);

  useLayoutEffect(() => {
    if (!host.current || !canvas.current || !frames.current) return undefined;
    const made = new FlameChart(host.current, canvas.current, frames.current, {
      onPicture: setPainted,
      onSettled: () => setPainting(false),
    });
    chart.current = made;
    return () => {
      made.destroy();
      setPainting(false);
    };
  }, [setPainting]);
  useEffect(() => {
    if (widthPx === 0 || heightPx === 0) return;
    setPainting(true);
    chart.current?.show({answer, theme, nameOf: text.name, isSearching, isPassing: isReading});
  }, [answer, theme, text, isSearching, isReading, widthPx, heightPx, setPainting]);
  // Rows belong to one answer: with another one the keyboard starts at the frame shown widest.
  useEffect(() => {
    setSelected(-1);
    setPointed(null);
    chart.current?.select(-1);
  }, [answer]);

  const select = useCallback((row: number) => {
    if (row < 0) return;
    setSelected(row);
    chart.current?.select(row);
    reveal(host.current, answer.depth[row]);
  }, [answer]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = selected < 0 ? answer.pathLength - 1 : selected;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowUp: () => select(answer.parent[at]),
      ArrowDown: () => select(selected < 0 ? at : firstChild(answer, at)),
      ArrowLeft: () => select(sibling(answer, at, -1)),
      ArrowRight: () => select(sibling(answer, at, 1)),
      Home: () => select(0),
      Enter: () => zoomTo(pathTo(answer, at)),
      Escape: () => zoomTo(path.slice(0, -1)),
      Backspace: () => zoomTo(path.slice(0, -1)),
    };
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  const rowUnder = ({clientX, clientY}: MouseEvent) => {
    const box = host.current?.getBoundingClientRect();
    return box ? rowAt(answer, (clientX - box.left) / widthPx, clientY - box.top + (host.current?.scrollTop ?? 0)) : -1;
  };
  return (
    <>
      <div
        ref={host} className="flame-graph" data-complete={isFresh && !isReading && painted === answer} role="application" tabIndex={0} aria-label={copy.flame.title} aria-describedby="flame-help"
        onKeyDown={onKeyDown}
        onClickCapture={(event) => {
          const row = rowUnder(event);
          if (row >= 0) zoomTo(pathTo(answer, row));
        }}
        onMouseMove={(event) => {
          const row = rowUnder(event);
          setPointed(row < 0 ? null : {row, x: event.clientX, y: event.clientY});
          chart.current?.hover(row);
        }}
        onMouseLeave={() => {
          setPointed(null);
          chart.current?.hover(-1);
        }}
      >
        <canvas ref={canvas} className="flame-canvas" aria-hidden="true" />
        <div ref={frames} className="flame-frames" aria-hidden="true" />
      </div>
      <p id="flame-help" className="spoken">{copy.flame.help}</p>
      <p className="spoken" aria-live="polite">{selected >= 0 && selected < answer.length ? text.sentence(selected) : ''}</p>
      {pointed && pointed.row < answer.length ? (
        <Tooltip x={pointed.x} y={pointed.y}>
          <strong>{text.name(pointed.row)}</strong>
          {text.details(pointed.row).map((line) => <p key={line}>{line}</p>)}
        </Tooltip>
      ) : null}
    </>
  );
}

function legend({flame: {kinds}}: Copy): LegendEntry[] {
  return [
    {text: kinds[FrameKind.Growth], token: 'growth', sign: '▲'},
    {text: kinds[FrameKind.Go], token: 'go'},
    {text: kinds[FrameKind.Runtime], token: 'runtime'},
    {text: kinds[FrameKind.Gc], token: 'gc'},
    {text: kinds[FrameKind.C], token: 'c'},
    {text: kinds[FrameKind.Kernel], token: 'kernel'},
    {text: kinds[FrameKind.LostCaller], token: 'lost', isHatched: true},
  ];
}

/** Scrolls so that a row with the keyboard is seen. */
function reveal(host: HTMLElement | null, depth: number): void {
  if (!host) return;
  const top = depth * ROW_PX;
  if (top < host.scrollTop) host.scrollTop = top;
  else if (top + ROW_PX > host.scrollTop + host.clientHeight) host.scrollTop = top + ROW_PX - host.clientHeight;
}
