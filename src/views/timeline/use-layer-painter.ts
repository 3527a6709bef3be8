/** Paints the layer over the lanes: marks, and the arrows of the chosen goroutine, which are asked of the worker. */
import {useCallback, type RefObject} from 'react';
import {shortName} from '../../base/short-name.ts';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {LanePlace} from '../../derive/moment/shape.ts';
import {sharpContext} from '../../draw/canvas.ts';
import {paintLinks, type LaneSpan} from '../../draw/timeline/paint-links.ts';
import {paintHands} from '../../draw/timeline/paint-hands.ts';
import type {Range} from '../../state/slices/selection.ts';
import {useAnswer} from '../../state/use-answer.ts';
import {useShownWindow} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {useCanvasTheme} from '../ui/use-canvas-theme.ts';
import {usePainter} from '../ui/use-painter.ts';

/** Arrows that a screen bears. */
const MOST_LINKS = 40;

export interface LayerMarks {
  readonly group: AxisGroup;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly topPx: number;
  readonly spanOf: (place: LanePlace) => LaneSpan | null;
  readonly range: Range | null;
  /** The range is being dragged out: its length is written. */
  readonly isDragged: boolean;
  readonly measured: Range | null;
  readonly pointedNs: number | null;
  readonly cursorNs: number | null;
}

export function useLayerPainter(canvas: RefObject<HTMLCanvasElement | null>, {group, widthPx, heightPx, topPx, spanOf, range, isDragged, measured, pointedNs, cursorNs}: LayerMarks): void {
  const {moment, timeline} = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const theme = useCanvasTheme();
  const goroutine = useStore((state) => state.goroutine);
  const {fromNs, toNs} = useShownWindow(group);
  const isOnAxis = goroutine !== null && group.members.includes(goroutine.source);
  const {answer} = useAnswer('links', isOnAxis ? {group: group.reference, ...goroutine, fromNs, toNs, most: MOST_LINKS} : null);
  usePainter(useCallback(() => {
    if (!canvas.current || widthPx === 0 || heightPx === 0) return;
    const ctx = sharpContext(canvas.current, widthPx, heightPx);
    const view = {fromNs, toNs, widthPx, heightPx, topPx};
    const at = (timeNs: number) => ({timeNs, text: time.exact(timeNs)});
    const length = (of: Range) => figures.duration(of.toNs - of.fromNs);
    paintHands(ctx, {
      range: range && {...range, text: isDragged ? length(range) : null},
      measured: measured && {...measured, texts: [time.exact(measured.fromNs), length(measured), time.exact(measured.toNs)]},
      pointer: pointedNs === null ? null : at(pointedNs),
      cursor: cursorNs === null ? null : at(cursorNs),
    }, view, theme);
    if (!answer || !goroutine) return;
    paintLinks(ctx, answer.links, {
      ...view, of: goroutine, more: answer.more > 0 ? moment.links(figures.count(answer.more)) : null,
      spanOf: (source, row) => spanOf({kind: 'goroutine', source, goroutine: row}),
      nameOf: ({id, startFunction}) => moment.linkName(id, startFunction === null ? timeline.unknownStart : shortName(startFunction)),
    }, theme);
  }, [canvas, answer, goroutine, fromNs, toNs, widthPx, heightPx, topPx, spanOf, range, isDragged, measured, pointedNs, cursorNs, theme, time, figures, moment, timeline]));
}
