/** What a frame, or a function of the table, is called in full: what stands for it where it has no name. */
import {FrameKind} from '../derive/labels/shape.ts';
import type {Copy} from './copy/copy.ts';

/** `name` null: the kind says what it is. */
export function frameName({flame}: Copy, name: string | null, kind: number): string {
  switch (kind) {
    case FrameKind.Root: return flame.all;
    case FrameKind.LostCaller: return flame.lostCaller;
    case FrameKind.LostTwo: return flame.lostTwo;
    case FrameKind.OtherStack: return flame.otherStack;
    case FrameKind.Cut: return flame.cut;
    case FrameKind.NoStack: return flame.noStack;
    default: return name ?? flame.noGroup;
  }
}
