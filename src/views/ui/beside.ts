/** Where a card stands: beside what it is about, never over it, and inside the window as long as it fits there. */

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A card keeps this far from the point, and from the edges of the window. */
const GAP_PX = 14;
const EDGE_PX = 6;

/** Left and top of the card: below and to the right where there is room, else above, else to the left. */
export function beside({x, y}: Point, {widthPx, heightPx}: Size, window: Size): Point {
  const fitsRight = x + GAP_PX + widthPx + EDGE_PX <= window.widthPx;
  const fitsLeft = x - GAP_PX - widthPx >= EDGE_PX;
  const fitsBelow = y + GAP_PX + heightPx + EDGE_PX <= window.heightPx;
  const fitsAbove = y - GAP_PX - heightPx >= EDGE_PX;
  const besideX = fitsRight || !fitsLeft ? x + GAP_PX : x - GAP_PX - widthPx;
  const besideY = fitsBelow || !fitsAbove ? y + GAP_PX : y - GAP_PX - heightPx;
  // One of the two keeps it off the point: the other may be moved to stay in the window.
  if (fitsBelow || fitsAbove) return {x: within(besideX, widthPx, window.widthPx), y: besideY};
  if (fitsRight || fitsLeft) return {x: besideX, y: within(besideY, heightPx, window.heightPx)};
  return {x: within(besideX, widthPx, window.widthPx), y: within(besideY, heightPx, window.heightPx)};
}

function within(at: number, size: number, room: number): number {
  return Math.max(EDGE_PX, Math.min(at, room - size - EDGE_PX));
}
