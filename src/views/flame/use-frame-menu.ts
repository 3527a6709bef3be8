/** What can be done with a frame: for its menu, and by keys for the frame that has the keyboard. */
import {shortName} from '../../base/short-name.ts';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import type {FunctionRef} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useAsk} from '../../state/use-ask.ts';
import {keptRange, useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import type {MenuGroup} from '../ui/menu.tsx';
import {useFrameText} from './use-frame-text.ts';

/** A range is at least so long. */
const LEAST_RANGE_NS = 2000;

export interface FrameMenu {
  readonly title: string;
  readonly groups: readonly MenuGroup[];
}

/** The function of a row, for questions; null: the row stands for none. */
export function functionOf({name, names, kind}: FlameAnswer, row: number): FunctionRef | null {
  return name[row] < 0 || kind[row] === FrameKind.Group ? null : {name: names[name[row]], kind: kind[row]};
}

/** The stack of a row as text, a line a frame: from the row to where its picture begins. */
function stackText(answer: FlameAnswer, row: number, nameOf: (row: number) => string): string {
  const lines: string[] = [];
  for (let at = row; at > 0; at = answer.parent[at]) lines.push(nameOf(at));
  return lines.join('\n');
}

export function useFrameMenu(answer: FlameAnswer, zoomTo: (row: number) => void): (row: number) => FrameMenu {
  const copy = useCopy();
  const text = useFrameText(answer);
  const search = useStore((state) => state.search);
  const transforms = useStore((state) => state.transforms);
  const transform = useStore((state) => state.transform);
  const sandwich = useStore((state) => state.sandwich);
  const chooseFunction = useStore((state) => state.chooseFunction);
  const showTab = useStore((state) => state.showTab);
  const brush = useStore((state) => state.brush);
  const group = useScope()?.group ?? null;
  const askDetails = useAsk('frameDetails');
  const {menu} = copy.flame;
  const inTable = (of: FunctionRef | null) => {
    if (!of) return;
    chooseFunction(of);
    showTab('functions');
  };
  const selectTime = (of: FunctionRef, axis: AxisGroup) => askDetails({query: answer.query, of}, (details) => {
    if (!details || Number.isNaN(details.firstNs)) return;
    // A single sample is a moment, which no range can be.
    const shortBy = Math.max(0, LEAST_RANGE_NS - (details.lastNs - details.firstNs)) / 2;
    brush(keptRange({fromNs: details.firstNs - shortBy, toNs: details.lastNs + shortBy}, axis));
  });
  return (row) => {
    const chosen = functionOf(answer, row);
    const whyNot = chosen ? null : menu.noFunction;
    const name = text.fullName(row);
    const change = (kind: 'focus' | 'hide' | 'merge') => () => {
      if (chosen) transform([...transforms, {kind, function: chosen}]);
    };
    const isCollapsed = transforms.some(({kind}) => kind === 'collapse-recursion');
    return {
      title: shortName(name),
      groups: [
        {
          title: shortName(name),
          items: [
            {id: 'zoom', text: menu.zoom, keys: 'Enter', run: () => zoomTo(row)},
            {id: 'sandwich', text: menu.sandwich, keys: 's', whyNot, run: () => chosen && sandwich(chosen)},
            {id: 'search', text: menu.search, whyNot, run: () => search(name)},
          ],
        },
        {
          items: [
            {id: 'focus', text: menu.focus, keys: 'f', whyNot, run: change('focus')},
            {id: 'hide', text: menu.hide, keys: 'h', whyNot, run: change('hide')},
            {id: 'merge', text: menu.merge, keys: 'm', whyNot, run: change('merge')},
            {id: 'collapse', text: menu.collapse, keys: 'r', whyNot: isCollapsed ? copy.flame.transforms['collapse-recursion'] : null, run: () => transform([...transforms, {kind: 'collapse-recursion'}])},
          ],
        },
        {
          items: [
            {id: 'table', text: menu.table, keys: 't', whyNot, run: () => inTable(chosen)},
            {id: 'lines', text: menu.lines, whyNot, run: () => inTable(chosen)},
            {id: 'range', text: menu.range, keys: 'l', whyNot: whyNot ?? (group ? null : menu.noTime), run: () => chosen && group && selectTime(chosen, group)},
          ],
        },
        {
          items: [
            {id: 'copy-name', text: menu.copyName, keys: 'c', whyNot, run: () => void navigator.clipboard.writeText(name)},
            {id: 'copy-stack', text: menu.copyStack, keys: 'C', run: () => void navigator.clipboard.writeText(stackText(answer, row, text.fullName))},
          ],
        },
      ],
    };
  };
}
