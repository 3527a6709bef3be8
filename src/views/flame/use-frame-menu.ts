/** What can be done with a frame: for its menu, and by keys for the frame that has the keyboard. */
import {shortName} from '../../base/short-name.ts';
import type {FunctionRef} from '../../derive/call-tree/shape.ts';
import {FrameKind} from '../../derive/labels/shape.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import type {MenuGroup} from '../ui/menu.tsx';
import {useFrameText} from './use-frame-text.ts';

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
  const {menu} = copy.flame;
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
            {id: 'copy-name', text: menu.copyName, keys: 'c', whyNot, run: () => void navigator.clipboard.writeText(name)},
            {id: 'copy-stack', text: menu.copyStack, keys: 'C', run: () => void navigator.clipboard.writeText(stackText(answer, row, text.fullName))},
          ],
        },
      ],
    };
  };
}
