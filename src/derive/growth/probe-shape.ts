/** What probes on functions of Go's runtime tell, in columns. */

/** Functions of the runtime whose probes tell of stacks. `None`: a probe on something else. */
export const ProbeOn = {None: 0, Morestack: 1, Newstack: 2, Copystack: 3, Shrinkstack: 4, Gopreempt: 5, Stackfree: 6, Execute: 7} as const;
export type ProbeOn = (typeof ProbeOn)[keyof typeof ProbeOn];

/** What an argument of such a probe is. Addresses, sizes in bytes, a number of a goroutine. */
export const probeRoles = ['newBytes', 'lo', 'hi', 'sp', 'goid', 'gp', 'caller', 'callerOfCaller'] as const;
export type ProbeRole = (typeof probeRoles)[number];

/** One row for each sample of such a probe, in file order; NaN where it does not tell. `goid` also where other probes tell whose its g is. */
export interface Probes extends Readonly<Record<ProbeRole, Float64Array>> {
  readonly length: number;
  /** Row of the samples. */
  readonly sample: Int32Array;
  /** One of `ProbeOn`. */
  readonly on: Uint8Array;
  /** By event of the trace: one of `ProbeOn`. */
  readonly ofEvent: Uint8Array;
}
