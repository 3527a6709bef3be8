/** What a row's colour is chosen by. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FrameKind} from '../../derive/labels/shape.ts';
import type {ColoredFrame} from '../../draw/color/frame-color.ts';

export function frameOf({kind, name, names, dsoOfName, dsos}: FlameAnswer, row: number): ColoredFrame {
  const own = name[row];
  return {kind: kind[row] as FrameKind, name: own < 0 ? '' : names[own], dso: own < 0 || dsoOfName[own] < 0 ? '' : dsos[dsoOfName[own]]};
}
