/**
 * Stretches of time that may nest or overlap -> layers in which none overlaps another. What lies within another comes below it.
 *
 *   layer 0   ▬▬▬▬▬▬▬▬▬▬▬▬  ▬▬▬▬
 *   layer 1     ▬▬▬▬  ▬▬      ▬▬▬▬
 */

/** A stretch of time, from and to; what it is stays with who made it. */
export interface Stretch {
  readonly fromNs: number;
  readonly toNs: number;
}

/** The order that the stretches stand in, and each one's layer in that order. */
export interface Layered<T extends Stretch> {
  readonly stretches: readonly T[];
  readonly layer: Int32Array;
  readonly layers: number;
}

export function layered<T extends Stretch>(given: readonly T[]): Layered<T> {
  // Of two that begin together the longer one holds the other.
  const stretches = [...given].sort((a, b) => a.fromNs - b.fromNs || b.toNs - a.toNs);
  const ends: number[] = [];
  const layer = Int32Array.from(stretches, ({fromNs, toNs}) => {
    // One that lasts no time takes its place too, of a nanosecond.
    let free = ends.findIndex((end) => end <= fromNs);
    if (free < 0) free = ends.length;
    ends[free] = Math.max(toNs, fromNs + 1);
    return free;
  });
  return {stretches, layer, layers: ends.length};
}
