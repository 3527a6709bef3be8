/** What can be done with a frame, for its menu. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FunctionRef} from '../../derive/call-tree/shape.ts';
import {shortName} from '../../base/short-name.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import type {MenuGroup} from '../ui/menu.tsx';
import {useFrameText} from './use-frame-text.ts';

export interface FrameMenu {
  readonly title: string;
  readonly groups: readonly MenuGroup[];
}

/** The function of a row, for questions; null: the row stands for none. */
export function functionOf({name, names, kind}: FlameAnswer, row: number): FunctionRef | null {
  return name[row] < 0 ? null : {name: names[name[row]], kind: kind[row]};
}

/** The stack of a row as text, leaf first, as perf prints it. */
export function stackText(answer: FlameAnswer, row: number, nameOf: (row: number) => string): string {
  const lines: string[] = [];
  for (let at = row; at > 0; at = answer.parent[at]) lines.push(nameOf(at));
  return lines.join('\n');
}

export function useFrameMenu(answer: FlameAnswer, zoomTo: (row: number) => void): (row: number) => FrameMenu {
  const copy = useCopy();
  const text = useFrameText(answer);
  const search = useStore((state) => state.search);
  const {menu} = copy.flame;
  return (row) => {
    const chosen = functionOf(answer, row);
    const whyNot = chosen ? null : menu.noFunction;
    const name = text.fullName(row);
    return {
      title: shortName(name),
      groups: [
        {title: shortName(name), items: [{id: 'zoom', text: menu.zoom, keys: 'Enter', run: () => zoomTo(row)}, {id: 'search', text: menu.search, whyNot, run: () => search(name)}]},
        {
          items: [
            {id: 'copy-name', text: menu.copyName, whyNot, run: () => void navigator.clipboard.writeText(name)},
            {id: 'copy-stack', text: menu.copyStack, run: () => void navigator.clipboard.writeText(stackText(answer, row, text.fullName))},
          ],
        },
      ],
    };
  };
}
