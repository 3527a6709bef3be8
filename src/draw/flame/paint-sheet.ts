/** A sheet as an image, at the resolution of the screen. */
import {paintFrames, paintMarks} from './paint.ts';
import {LINE_PX, MARGIN_PX, PATCH_PX, sheetPlaces, type FlameSheet} from './sheet.ts';

/** Browsers paint no higher canvas. */
const MOST_PIXELS = 32_000;
const NONE = new Uint8Array(0);

/** `ratio`: pixels of the image for one of the screen; less where the image would be too high. */
export function paintSheet(sheet: FlameSheet, ratio: number): Promise<Blob> {
  const theme = sheet.pictures[0]?.colors.theme;
  if (!theme) throw new Error('internal: a sheet without a picture');
  const places = sheetPlaces(sheet, 6.5);
  const scale = Math.min(ratio, MOST_PIXELS / places.heightPx);
  const ctx = canvasOf(places.widthPx, places.heightPx, scale);
  ctx.fillStyle = theme.panel;
  ctx.fillRect(0, 0, places.widthPx, places.heightPx);
  ctx.textBaseline = 'middle';
  for (const [i, line] of sheet.caption.entries()) {
    ctx.font = i === 0 ? theme.font.replace('11.5px', '650 12.5px') : theme.font;
    ctx.fillStyle = i === 0 ? theme.ink : theme.ink2;
    ctx.fillText(line, MARGIN_PX, places.captionY[i]);
  }
  for (const [i, picture] of sheet.pictures.entries()) {
    const {heightPx} = picture.layout;
    const view = {widthPx: sheet.widthPx, heightPx, scrollPx: 0};
    // Marks clear what is under them, so each layer has a canvas of its own.
    for (const layer of [0, 1]) {
      const own = canvasOf(sheet.widthPx, heightPx, scale);
      if (layer === 0) paintFrames(own, view, picture, NONE);
      else paintMarks(own, view, picture, {selected: -1, hovered: -1});
      ctx.drawImage(own.canvas, MARGIN_PX, places.pictureY[i], sheet.widthPx, heightPx);
    }
  }
  ctx.font = theme.font;
  for (const [i, {text, fill, isGrowth}] of sheet.legend.entries()) {
    const {x, y} = places.legend[i];
    ctx.fillStyle = fill;
    ctx.fillRect(x, y - PATCH_PX / 2, PATCH_PX, PATCH_PX);
    ctx.fillStyle = theme.ink2;
    ctx.fillText(isGrowth ? `▲ ${text}` : text, x + PATCH_PX + 6, y + LINE_PX * 0.03);
  }
  return new Promise((resolve, reject) => {
    ctx.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the browser made no image'))), 'image/png');
  });
}

function canvasOf(widthPx: number, heightPx: number, scale: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(widthPx * scale));
  canvas.height = Math.max(1, Math.round(heightPx * scale));
  const ctx = canvas.getContext('2d');
  if (!ctx) throw new Error('internal: this browser gives no 2d canvas');
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  return ctx;
}
