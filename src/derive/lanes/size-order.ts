/** Stack sizes are powers of two: how a size is written into a plane of bytes. */

/** log2 of a size; 0 for none. */
export function orderOfSize(sizeBytes: number): number {
  return sizeBytes > 0 ? Math.round(Math.log2(sizeBytes)) : 0;
}
