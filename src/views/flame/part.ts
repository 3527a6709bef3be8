/** A picture on the page is of one part, or (a sandwich) of two. */
import type {Figures} from '../../base/figures.ts';
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import type {FrameColors} from '../../draw/color/frame-color.ts';
import type {FlameFrames} from '../../draw/flame/paint.ts';
import {depthOf, flameLayout} from '../../draw/flame/rows.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {frameOf} from './frame-of.ts';
import {frameText} from './use-frame-text.ts';
import type {WeightText} from '../../state/use-weight-text.ts';

export interface FlamePart {
  /** Which part of a picture it is. */
  readonly id: string;
  readonly answer: FlameAnswer;
  /** Spoken name of the picture. */
  readonly label: string;
  readonly isUpsideDown: boolean;
  /** Frames toward the root of their stacks lie deeper: the picture is of callers. */
  readonly deeperIsCaller: boolean;
  /** The first depth that is drawn: those above say nothing here. */
  readonly firstDepth: number;
}

/** A part as it is painted, whole. */
export function framesOfPart({answer, isUpsideDown, deeperIsCaller, firstDepth}: FlamePart, colors: FrameColors, isSearching: boolean, copy: Copy, figures: Figures, weightText: WeightText): FlameFrames {
  return {
    answer, colors, deeperIsCaller, isSearching, chosen: null,
    layout: flameLayout({depths: depthOf(answer), firstDepth, isUpsideDown, viewHeightPx: 0}),
    frameOf: (row) => frameOf(answer, row),
    labelOf: frameText(answer, copy, figures, weightText).label,
  };
}
