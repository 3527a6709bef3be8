/**
 * A sheet to keep: the frames of a picture under a caption, over a legend. One description, drawn as an image (paint-sheet.ts) or written as
 * SVG (svg-sheet.ts):
 *
 *   caption
 *   frames of the first picture
 *   frames of the second (a sandwich has two)
 *   ▲ growth  ■ Go code  …
 */
import type {FlameFrames} from './paint.ts';
import {ROW_PX} from './rows.ts';

export interface SheetLegend {
  readonly text: string;
  readonly fill: string;
  readonly isGrowth?: boolean;
  readonly isHatched?: boolean;
}

export interface FlameSheet {
  /** Lines of text on top, the first one bold. */
  readonly caption: readonly string[];
  readonly pictures: readonly FlameFrames[];
  readonly legend: readonly SheetLegend[];
  /** Of the frames; the margins come on top. */
  readonly widthPx: number;
  /** What is told of a row when it is pointed at. */
  titleOf(picture: FlameFrames, row: number): string;
}

export const MARGIN_PX = 12;
export const LINE_PX = 18;
/** Of a legend's patch. */
export const PATCH_PX = 11;

/** Where the parts of a sheet lie. */
export interface SheetPlaces {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly captionY: readonly number[];
  /** Upper edge of each picture. */
  readonly pictureY: readonly number[];
  readonly legend: readonly {readonly x: number; readonly y: number}[];
}

/** `letterPx`: width of a letter of the legend, about. */
export function sheetPlaces({caption, pictures, legend, widthPx}: FlameSheet, letterPx: number): SheetPlaces {
  let y = MARGIN_PX;
  const captionY = caption.map(() => (y += LINE_PX) - LINE_PX / 2);
  y += MARGIN_PX / 2;
  const pictureY: number[] = [];
  for (const {layout} of pictures) {
    pictureY.push(y);
    y += layout.heightPx;
  }
  y += MARGIN_PX;
  let x = MARGIN_PX;
  const places = legend.map(({text}) => {
    const width = PATCH_PX + 6 + text.length * letterPx + 14;
    if (x + width > widthPx + MARGIN_PX && x > MARGIN_PX) {
      x = MARGIN_PX;
      y += LINE_PX;
    }
    const place = {x, y: y + LINE_PX / 2};
    x += width;
    return place;
  });
  return {widthPx: widthPx + 2 * MARGIN_PX, heightPx: y + LINE_PX + MARGIN_PX, captionY, pictureY, legend: places};
}

/** The part of a picture that a row covers; null: it is not drawn. */
export function rowBox({answer, layout}: FlameFrames, row: number, widthPx: number): {x: number; y: number; width: number; height: number} | null {
  if (answer.depth[row] < layout.firstDepth) return null;
  const x = answer.x0[row] * widthPx;
  return {x, y: layout.yOf(answer.depth[row]), width: answer.x1[row] * widthPx - x, height: ROW_PX - 1};
}
