/** What keys do on the time line, wherever the pointer is: zoom and pan as in other trace viewers, go from event to event, measure. */
import {fitted, moved, zoomed} from '../../draw/timeline/scale.ts';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {Range} from '../../state/slices/selection.ts';
import {useCommands, type Command} from '../../state/use-commands.ts';
import {keptRange, useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';

/** How much closer one press of a key looks, and how much of the window one pans. */
const ZOOM_STEP = 0.6;
const PAN_SHARE = 0.15;
/** How much of the window one press moves the cursor, and with Shift. */
const CURSOR_SHARE = 0.01;
const CURSOR_STRIDE = 0.1;

export interface TimeCommands {
  readonly scope: Scope;
  readonly group: AxisGroup;
  readonly leastNs: number;
  /** A zoom by a key keeps this time where it is. */
  readonly aboutNs: number;
  step(direction: 'next' | 'previous', onlyGrowths: boolean): void;
  move(share: number): void;
  measure(): void;
  selectState(): void;
  /** Without a selected range: the life of the chosen goroutine. */
  fitLife(): void;
  keep(): void;
  clear(): void;
  nextClock(): void;
}

export function useTimeCommands({scope, group, leastNs, aboutNs, ...hands}: TimeCommands): void {
  const {commands: say} = useCopy().moment;
  const showWindow = useStore((state) => state.showWindow);
  const {range} = scope;
  const window = useShownWindow(group);
  const length = window.toNs - window.fromNs;
  const show = (next: Range) => showWindow(keptRange(next, group));
  const pan = (share: number) => show(moved(window, share * length, group.endNs));
  const zoom = (factor: number) => show(zoomed(window, factor, aboutNs, group.endNs, leastNs));
  const command = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({id: `time.${id}`, title, keys, run});
  // What other trace viewers have on letters acts wherever the focus is.
  useCommands('page', [
    command('zoom-in', say.zoomIn, ['w', '+', '='], () => zoom(ZOOM_STEP)),
    command('zoom-out', say.zoomOut, ['s', '-'], () => zoom(1 / ZOOM_STEP)),
    command('earlier', say.earlier, ['a'], () => pan(-PAN_SHARE)),
    command('later', say.later, ['d'], () => pan(PAN_SHARE)),
    command('all', say.all, ['0'], () => showWindow(null)),
    command('fit', say.fit, ['f'], () => (range ? show(fitted(range, group.endNs, leastNs)) : hands.fitLife())),
    command('measure', say.measure, ['m'], hands.measure),
    command('next', say.next, ['.'], () => hands.step('next', false)),
    command('previous', say.previous, [','], () => hands.step('previous', false)),
    command('next-growth', say.nextGrowth, ['>'], () => hands.step('next', true)),
    command('previous-growth', say.previousGrowth, ['<'], () => hands.step('previous', true)),
    command('cursor-later', say.cursorLater, [']'], () => hands.move(CURSOR_SHARE)),
    command('cursor-earlier', say.cursorEarlier, ['['], () => hands.move(-CURSOR_SHARE)),
    command('cursor-much-later', say.cursorMuchLater, ['}'], () => hands.move(CURSOR_STRIDE)),
    command('cursor-much-earlier', say.cursorMuchEarlier, ['{'], () => hands.move(-CURSOR_STRIDE)),
    command('select-state', say.selectState, ['e'], hands.selectState),
    command('keep', say.fix, ['i'], hands.keep),
    command('clock', say.clock, [], hands.nextClock),
  ]);
  useCommands('timeline', [
    command('left', say.earlier, ['ArrowLeft', 'Shift+ArrowLeft'], () => pan(-PAN_SHARE)),
    command('right', say.later, ['ArrowRight', 'Shift+ArrowRight'], () => pan(PAN_SHARE)),
    command('start', say.start, ['Home', 'Shift+Home'], () => pan(-Infinity)),
    command('end', say.end, ['End', 'Shift+End'], () => pan(Infinity)),
    command('clear', say.clear, ['Escape'], hands.clear),
  ]);
}
