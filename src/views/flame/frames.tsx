/** One picture of frames: painted, pointed at, walked by keys, with its card and its menu. What a frame does when it is chosen is given. */
import {useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type MouseEvent, type PointerEvent} from 'react';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FrameColors} from '../../draw/color/frame-color.ts';
import {FlameChart} from '../../draw/flame/chart.ts';
import {depthOf, firstChild, flameLayout, ROW_PX, rowAt, sibling} from '../../draw/flame/rows.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Menu, type MenuGroup} from '../ui/menu.tsx';
import {Tooltip} from '../ui/tooltip.tsx';
import {useSize, type Size} from '../ui/use-size.ts';
import {frameOf} from './frame-of.ts';
import type {FlamePart} from './part.ts';
import {useFrameText} from './use-frame-text.ts';

export interface FramesProps {
  readonly part: FlamePart;
  /** What it is put into, where it has that for itself: there it can be painted before it was laid out. */
  readonly placePx: Size | undefined;
  readonly colors: FrameColors;
  /** The answer is of what is chosen now. */
  readonly isFresh: boolean;
  /** More samples are to come. */
  readonly isReading: boolean;
  readonly isSearching: boolean;
  /** The keys are those of this picture. */
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly zoomTo: (row: number) => void;
  readonly zoomOut: () => void;
  readonly menuOf: (row: number) => {readonly title: string; readonly groups: readonly MenuGroup[]};
}

const LONG_PRESS_MS = 500;
/** A finger that moves further does not press. */
const PRESS_PX = 10;

interface Spot {
  readonly row: number;
  readonly x: number;
  readonly y: number;
}

export function Frames({part, placePx, colors, isFresh, isReading, isSearching, isActive, onActive, zoomTo, zoomOut, menuOf}: FramesProps) {
  const {answer, label, isUpsideDown, deeperIsCaller, firstDepth} = part;
  const copy = useCopy();
  const text = useFrameText(answer);
  const chosen = useStore((state) => state.chosenFunction);
  const setPainting = useStore((state) => state.setPainting);
  const place = useId();
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frames = useRef<HTMLDivElement>(null);
  const marks = useRef<HTMLCanvasElement>(null);
  const chart = useRef<FlameChart | null>(null);
  /** What was last painted. */
  const [painted, setPainted] = useState<FlameAnswer | null>(null);
  const {widthPx, heightPx} = useSize(host, placePx);
  const [selected, setSelected] = useState(-1);
  const [hasFocus, setFocus] = useState(false);
  const [pointed, setPointed] = useState<Spot | null>(null);
  /** Where the row with the keyboard lies, for its card. */
  const [pinned, setPinned] = useState<Spot | null>(null);
  const [menu, setMenu] = useState<Spot | null>(null);
  const layout = useMemo(() => flameLayout({depths: depthOf(answer), firstDepth, isUpsideDown, viewHeightPx: heightPx}), [answer, firstDepth, isUpsideDown, heightPx]);

  useLayoutEffect(() => {
    if (!host.current || !canvas.current || !frames.current || !marks.current) return undefined;
    const made = new FlameChart({host: host.current, canvas: canvas.current, frames: frames.current, marks: marks.current}, {
      onPicture: setPainted,
      onSettled: () => setPainting(place, false),
    });
    chart.current = made;
    return () => {
      made.destroy();
      setPainting(place, false);
    };
  }, [setPainting, place]);
  useEffect(() => {
    if (widthPx === 0 || heightPx === 0) return;
    setPainting(place, true);
    chart.current?.show({
      answer, colors, layout, deeperIsCaller, isSearching, chosen, isPassing: isReading, labelOf: text.label,
      frameOf: (row) => frameOf(answer, row),
    });
  }, [answer, colors, layout, deeperIsCaller, text, isSearching, chosen, isReading, widthPx, heightPx, setPainting, place]);
  // Rows belong to one answer: with another one the keyboard starts at the frame shown widest.
  useEffect(() => {
    setSelected(-1);
    setPointed(null);
    setPinned(null);
    setMenu(null);
    chart.current?.select(-1);
  }, [answer]);

  const select = (row: number) => {
    if (row < 0 || answer.depth[row] < firstDepth) return;
    setSelected(row);
    setPointed(null);
    chart.current?.select(row);
    reveal(host.current, layout.yOf(answer.depth[row]));
    setPinned(spotOf(row));
  };
  const first = Math.max(answer.pathLength - 1, Math.min(firstDepth, answer.length - 1));
  const at = selected < 0 ? first : selected;
  const inward = () => select(selected < 0 ? at : firstChild(answer, at));
  const outward = () => select(answer.parent[at]);
  const openMenu = () => {
    const spot = spotOf(at);
    if (spot) setMenu(spot);
  };
  const {keys} = copy.flame;
  useCommands('flame', !isActive ? [] : [
    {id: 'flame.down', title: keys.down, keys: ['ArrowDown'], run: isUpsideDown ? outward : inward},
    {id: 'flame.up', title: keys.up, keys: ['ArrowUp'], run: isUpsideDown ? inward : outward},
    {id: 'flame.left', title: keys.left, keys: ['ArrowLeft'], run: () => select(sibling(answer, at, -1))},
    {id: 'flame.right', title: keys.right, keys: ['ArrowRight'], run: () => select(sibling(answer, at, 1))},
    {id: 'flame.first', title: keys.first, keys: ['Home'], run: () => select(Math.min(firstDepth, answer.length - 1))},
    {id: 'flame.zoom', title: keys.zoom, keys: ['Enter'], run: () => zoomTo(at)},
    {id: 'flame.out', title: keys.out, keys: ['Escape', 'Backspace'], run: zoomOut},
    {id: 'flame.menu', title: keys.menu, keys: ['ContextMenu', 'Shift+F10'], run: openMenu},
    // What the menu of the frame with the keyboard offers by a key.
    ...(at < answer.length ? menuOf(at).groups.flatMap(({items}) => items) : []).filter(({keys: own}) => own?.length === 1)
      .map(({id, text: title, keys: own = '', whyNot = null, run}) => ({id: `flame.frame.${id}`, title, keys: [own], run: () => whyNot === null && run()})),
  ]);

  /** The middle of a row as it is on the screen. */
  function spotOf(row: number): Spot | null {
    const box = host.current?.getBoundingClientRect();
    if (!box || row >= answer.length) return null;
    const middle = ((answer.x0[row] + answer.x1[row]) / 2) * widthPx;
    return {row, x: box.left + Math.min(middle, answer.x0[row] * widthPx + 120), y: box.top + layout.yOf(answer.depth[row]) - (host.current?.scrollTop ?? 0) + ROW_PX};
  }
  const rowUnder = ({clientX, clientY}: {readonly clientX: number; readonly clientY: number}) => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return -1;
    const depth = layout.depthAt(clientY - box.top + (host.current?.scrollTop ?? 0));
    return depth < firstDepth ? -1 : rowAt(answer, (clientX - box.left) / widthPx, depth);
  };
  const menuAt = (event: MouseEvent | PointerEvent) => {
    const row = rowUnder(event);
    if (row < 0) return;
    setPointed(null);
    setMenu({row, x: event.clientX, y: event.clientY});
  };
  const press = useLongPress(menuAt);
  const point = (event: MouseEvent) => {
    const row = menu ? -1 : rowUnder(event);
    setPointed(row < 0 ? null : {row, x: event.clientX, y: event.clientY});
    chart.current?.hover(row);
  };
  const card = menu ? null : (pointed ?? (hasFocus ? pinned : null));
  const opened = menu && menu.row < answer.length ? menuOf(menu.row) : null;
  return (
    <>
      <div
        ref={host} className="flame-graph" data-place="flame" data-complete={isFresh && !isReading && painted === answer} role="application" tabIndex={0} aria-label={label} aria-describedby="flame-help"
        onClickCapture={(event) => {
          if (press.hasPressed()) return;
          const row = rowUnder(event);
          if (row < 0) return;
          if (event.ctrlKey || event.metaKey) menuAt(event);
          else zoomTo(row);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          // The menu key tells no place, and is a command of ours.
          if (event.button === 2 || event.nativeEvent.clientX > 0) menuAt(event);
        }}
        onPointerDown={press.down} onPointerMove={press.move} onPointerUp={press.up} onPointerCancel={press.up}
        onMouseMove={point}
        onMouseLeave={() => {
          setPointed(null);
          chart.current?.hover(-1);
        }}
        onFocus={() => {
          setFocus(true);
          onActive();
        }}
        onBlur={() => setFocus(false)}
      >
        <canvas ref={canvas} className="flame-canvas" aria-hidden="true" />
        <div ref={frames} className="flame-frames" aria-hidden="true" />
        <canvas ref={marks} className="flame-canvas flame-marks" aria-hidden="true" />
      </div>
      <p className="spoken" aria-live="polite">{selected >= 0 && selected < answer.length ? text.sentence(selected) : ''}</p>
      {card && card.row < answer.length ? (
        <Tooltip x={card.x} y={card.y}>
          <strong>{text.fullName(card.row)}</strong>
          {text.details(card.row).map((line) => <p key={line}>{line}</p>)}
        </Tooltip>
      ) : null}
      {menu && opened ? (
        <Menu
          label={opened.title} groups={opened.groups} at={menu}
          onClose={() => {
            setMenu(null);
            host.current?.focus();
          }}
        />
      ) : null}
    </>
  );
}

/** A finger that stays opens the menu; the click that follows is none. */
function useLongPress(onPress: (event: PointerEvent) => void) {
  const pressing = useRef<{timer: number; x: number; y: number; isDone: boolean} | null>(null);
  const stop = () => clearTimeout(pressing.current?.timer);
  useEffect(() => stop, []);
  return {
    down: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') return;
      stop();
      const own = {timer: 0, x: event.clientX, y: event.clientY, isDone: false};
      own.timer = window.setTimeout(() => {
        own.isDone = true;
        onPress(event);
      }, LONG_PRESS_MS);
      pressing.current = own;
    },
    move: ({clientX, clientY}: PointerEvent) => {
      if (pressing.current && Math.hypot(clientX - pressing.current.x, clientY - pressing.current.y) > PRESS_PX) stop();
    },
    up: stop,
    /** Whether the last press was long; asked once. */
    hasPressed: () => {
      const isDone = pressing.current?.isDone ?? false;
      pressing.current = null;
      return isDone;
    },
  };
}

/** Scrolls so that a row with the keyboard is seen. */
function reveal(host: HTMLElement | null, top: number): void {
  if (!host) return;
  if (top < host.scrollTop) host.scrollTop = top;
  else if (top + ROW_PX > host.scrollTop + host.clientHeight) host.scrollTop = top + ROW_PX - host.clientHeight;
}
