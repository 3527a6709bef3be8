/** What frames are called and what kind of code they are. */

/** Kinds of code, for colour and legend. `Growth`, `Lost` and `Cut` belong to places in a tree, not to functions. */
export const FrameKind = {Go: 0, Runtime: 1, Gc: 2, C: 3, Kernel: 4, Unknown: 5, Growth: 6, Lost: 7, Cut: 8, Root: 9} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Functions of a trace: frames of one label are one function, whatever their line or address. */
export interface Labels {
  /** By frame row: row of `names`. */
  readonly ofFrame: Int32Array;
  readonly names: readonly string[];
  /** By row of `names`: one of `FrameKind`. */
  readonly kind: Uint8Array;
}
