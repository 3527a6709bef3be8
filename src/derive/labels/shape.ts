/** What frames are called and what kind of code they are. */

/**
 * Kinds of code, for colour and legend. From `Growth` on they belong to places in a tree, not to functions: in a chain that grows a stack; the
 * caller, or two frames, that frame pointers lose at morestack; the root side that the recorder cut off; the sum of all; what a tree is rooted by (a
 * process, thread, goroutine or function: its name says which; without a name it is not known); no stack at all; the caller on
 * a stack that was not copied with the sample.
 */
export const FrameKind = {Go: 0, Runtime: 1, Gc: 2, C: 3, Kernel: 4, Unknown: 5, Growth: 6, LostCaller: 7, LostTwo: 8, Cut: 9, Root: 10, Group: 11, NoStack: 12, OtherStack: 13} as const;
export type FrameKind = (typeof FrameKind)[keyof typeof FrameKind];

/** Functions of a trace: frames of one label are one function, whatever their line or address. */
export interface Labels {
  /** By frame row: row of `names`. */
  readonly ofFrame: Int32Array;
  readonly names: readonly string[];
  /** By row of `names`: one of `FrameKind`. */
  readonly kind: Uint8Array;
  /** By row of `names`: row of the trace's strings, -1 not recorded. A function in several objects has the first of them. */
  readonly dso: Int32Array;
}
