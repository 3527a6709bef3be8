/**
 * The tables of a Trace, column by column. This file is the meaning of every number the rest of the program computes with.
 *
 * Rules for all tables: a row is an index; every column has `length` values; a reference into another table is a row of it;
 * absent is `-1` in an integer column and `NaN` in a Float64 column, never anything else; times are nanoseconds since
 * `Trace.originNs` (Float64: whole numbers are exact up to 2^53 ns = 104 days from the origin); sizes are bytes.
 * `integrity.ts` checks what "Holds" says.
 */
import type {Table} from '../base/columns/table.ts';

/** Unique byte strings. Row 0 is the empty string. UTF-8 as it stood in the file, not checked. Bytes lie in `Trace.stringBytes`. */
export const STRINGS = {startByte: Uint32Array, sizeBytes: Uint32Array} as const;

/**
 * Unique code locations. Two frames with one `name` may differ in `dso`, `file` or `line`.
 * A frame without a symbol (`name` -1) has its address in `UNRESOLVED` where the source tells it, so that a symbol can be found later.
 */
export const FRAMES = {
  /** Function as recorded, without offset: row of strings, -1 unknown. */
  name: Int32Array,
  /** Object file as recorded (`/usr/bin/app`, `[kernel.kallsyms]`): row of strings, -1 not recorded. */
  dso: Int32Array,
  /** Source file: row of strings, -1 not recorded. */
  file: Int32Array,
  /** Source line from 1, -1 not recorded. */
  line: Int32Array,
  /** 1: the call was inlined into the frame that comes next toward the root. */
  inlined: Uint8Array,
  /** 1: not in a recorded chain, but told by a probe. Parsers leave it 0. */
  restored: Uint8Array,
} as const;

/**
 * Call stacks as a tree of prefixes: a row is the stack from a root down to `frame`. Holds: `parent[i] < i`, -1 at a root; so one
 * pass backwards sums totals over a tree without recursion.
 */
export const STACKS = {parent: Int32Array, frame: Int32Array} as const;

/** Processes. `pid` -1: not recorded. */
export const PROCESSES = {pid: Int32Array, name: Int32Array} as const;

/** Threads, one row a (process, tid). */
export const THREADS = {
  /** As the operating system numbers it in the recording's PID namespace; -1 not recorded. Float64: Darwin's are pointers. */
  tid: Float64Array,
  process: Int32Array,
  /** Last name (perf: comm) seen; row of strings, -1 none. */
  name: Int32Array,
  /** Birth (perf: FORK) and end (EXIT), where recorded; else NaN. */
  startNs: Float64Array,
  endNs: Float64Array,
} as const;

/** Goroutines. Their states are rows `firstState … firstState + stateCount - 1` of STATES. */
export const GOROUTINES = {
  /** The runtime's goid; Float64, whole. Where probes tell of the goroutines and not of their numbers, the address of the g. */
  id: Float64Array,
  /** Function it was started with: row of strings, -1 unknown. Taken from its creation, else the root of its first stack. */
  startFunction: Int32Array,
  /** Goroutine that created it: row of goroutines, -1 unknown (older than the recording). */
  creator: Int32Array,
  /** Stack of the creator at that moment, -1 unknown. */
  creatorStack: Int32Array,
  /** Creation; NaN: older than the recording. */
  startNs: Float64Array,
  /** Its end; NaN: still there when the recording ended. */
  endNs: Float64Array,
  firstState: Int32Array,
  stateCount: Int32Array,
} as const;

/** Procs (Go's P). Their states are rows `firstState … firstState + stateCount - 1` of STATES. */
export const PROCS = {id: Float64Array, firstState: Int32Array, stateCount: Int32Array} as const;

/** Kinds of samples, named exactly as the source names them. */
export const EVENTS = {name: Int32Array} as const;

/**
 * Samples in file order. The weight of a sample is its `period` where it has one, else its `count`; see `sampleWeight`.
 * 36 bytes, 40 with `goroutine`.
 */
export const SAMPLES = {
  /** NaN: the source has no times. May go backwards. */
  timeNs: Float64Array,
  /** How much of the event it stands for (perf: period); NaN not recorded. */
  period: Float64Array,
  thread: Int32Array,
  /** Name of the thread as recorded with this sample: row of strings, -1 none. */
  comm: Int32Array,
  /** CPU number, -1 not recorded. */
  cpu: Int32Array,
  event: Int32Array,
  /** Row of stacks (the leaf), -1: no stack. */
  stack: Int32Array,
} as const;

/** Typed arguments of samples or instants, sorted by `row`. `text` is a row of strings or -1; `number` the value where it is one. */
export const ARGUMENTS = {
  /** Row of the table the arguments belong to. */
  row: Int32Array,
  key: Int32Array,
  /** Value as a 64-bit pattern; signed values in two's complement; 0 when `kind` is text. */
  bits: BigUint64Array,
  /** Value as text: row of strings; -1 when `kind` is a number. */
  text: Int32Array,
  /** One of `ArgumentKind`. */
  kind: Uint8Array,
} as const;

/**
 * States that follow one another without a gap: each lasts until the next row of the same owner, the last one until the owner's
 * end (goroutine `endNs`, else `Trace.endNs`). Grouped by owner, goroutines first, in time order within one. 29 bytes.
 */
export const STATES = {
  startNs: Float64Array,
  /** Thread it runs on while Running or in Syscall; -1 otherwise or unknown. */
  thread: Int32Array,
  /** Proc it runs on while Running; -1 otherwise or unknown. For a proc's own state -1. */
  proc: Int32Array,
  /** Why it stopped or waits, in the runtime's words: row of strings, -1 none. */
  reason: Int32Array,
  /** Stack of the event that led here, -1 none. It is the stack of `by` where that is set, else of the goroutine itself. */
  stack: Int32Array,
  /** Goroutine that caused it (creator, unblocker): row of goroutines; -1: the goroutine itself, or unknown. */
  by: Int32Array,
  /** One of `State`. */
  state: Uint8Array,
} as const;

/** Spans of time that have a beginning and an end of their own: GC, stop-the-world, sweeps, mark assists, regions, tasks. By begin. */
export const SPANS = {
  startNs: Float64Array,
  /** NaN: not ended when the recording did. */
  endNs: Float64Array,
  /** Task id of a task or region; -1 none. */
  task: Float64Array,
  /** Task that a task belongs to; -1 none. */
  parentTask: Float64Array,
  /** In the runtime's words, or the user's: row of strings. */
  name: Int32Array,
  goroutine: Int32Array,
  proc: Int32Array,
  thread: Int32Array,
  /** Stack at the beginning, -1 none. */
  stack: Int32Array,
  /** One of `SpanKind`. */
  kind: Uint8Array,
} as const;

/** Things that happened at one time, in time order: logs, labels. Their arguments are in `Trace.instantArguments`. */
export const INSTANTS = {
  timeNs: Float64Array,
  name: Int32Array,
  thread: Int32Array,
  goroutine: Int32Array,
  stack: Int32Array,
} as const;

/** Values of counters over time, in time order. `name` is the series, in the runtime's words. */
export const COUNTERS = {timeNs: Float64Array, value: Float64Array, name: Int32Array} as const;

/**
 * Changes of a goroutine's stack size, in time order, as the runtime's tracer reports them. A growth's `timeNs` is the end of
 * stackalloc, its duration reaches to the start of stackfree: both of these are left out.
 */
export const STACK_CHANGES = {
  timeNs: Float64Array,
  /** Duration of the copy; NaN for `initial` and `freed`. */
  durationNs: Float64Array,
  /** NaN: not recorded (always for `initial`). */
  oldBytes: Float64Array,
  /** NaN for `freed`. */
  newBytes: Float64Array,
  /** -1: the source does not tell whose stack it was. */
  goroutine: Int32Array,
  /** Thread that did it; for a shrink that is mostly a GC worker's, not the goroutine's own. */
  thread: Int32Array,
  /** One of `StackChangeKind`. */
  kind: Uint8Array,
} as const;

/** When threads were given a CPU and lost it (perf: SWITCH and SWITCH_CPU_WIDE records), in time order. */
export const SWITCHES = {
  timeNs: Float64Array,
  thread: Int32Array,
  /** -1 not recorded. */
  cpu: Int32Array,
  /** One of `SwitchKind`. */
  kind: Uint8Array,
} as const;

/** Where the source says that it lost samples, in time order. */
export const LOSSES = {
  timeNs: Float64Array,
  /** How many. */
  count: Float64Array,
  /** Which event's; -1: not told. */
  event: Int32Array,
} as const;

/** Registers of samples that have them: where the stack ended and, in Go code, the goroutine's `g`. One row a sample, by `sample`. */
export const REGISTERS = {
  sample: Int32Array,
  /** Stack pointer. */
  stackPointer: BigUint64Array,
  /** R14 of amd64, X28 of arm64: the address of the running `g`, while Go code runs; 0 not recorded. */
  g: BigUint64Array,
} as const;

/** Memory mappings: which file lay where. */
export const MAPPINGS = {
  process: Int32Array,
  startAddress: BigUint64Array,
  sizeBytes: BigUint64Array,
  fileOffset: BigUint64Array,
  dso: Int32Array,
} as const;

/** Build ids of object files as the source recorded them. `dso` as in FRAMES; `buildId` in lower hexadecimal. Rows of strings. */
export const BUILD_IDS = {dso: Int32Array, buildId: Int32Array} as const;

/** Addresses of frames without a symbol, one row a frame. */
export const UNRESOLVED = {
  frame: Int32Array,
  address: BigUint64Array,
  /** One of `AddressKind`. */
  kind: Uint8Array,
} as const;

export type SampleTable = Table<typeof SAMPLES>;
export type StateTable = Table<typeof STATES>;
export type ArgumentTable = Table<typeof ARGUMENTS>;
export type GoroutineTable = Table<typeof GOROUTINES>;
export type StackTable = Table<typeof STACKS>;
export type FrameTable = Table<typeof FRAMES>;
export type StackChangeTable = Table<typeof STACK_CHANGES>;

/** What STATES.state says. The words are Go's (goroutines: Runnable … Syscall; procs: Running, Idle). */
export const State = {Undetermined: 0, Runnable: 1, Running: 2, Syscall: 3, Waiting: 4, Idle: 5} as const;
export type State = (typeof State)[keyof typeof State];

/** What SPANS.kind says. */
export const SpanKind = {Gc: 0, StopTheWorld: 1, Sweep: 2, MarkAssist: 3, Region: 4, Task: 5} as const;
export type SpanKind = (typeof SpanKind)[keyof typeof SpanKind];

/**
 * What UNRESOLVED.kind says. `AsPrinted`: perf script prints a user frame of a call chain as an offset into its file (perf 6.1), as that
 * file's own address, or as it lay in memory (older), and does not say which.
 */
export const AddressKind = {AsPrinted: 0, FileOffset: 1, InMemory: 2} as const;
export type AddressKind = (typeof AddressKind)[keyof typeof AddressKind];

/** What SWITCHES.kind says: given a CPU, gave it up, had it taken away while it could have run on. */
export const SwitchKind = {In: 0, Out: 1, Preempted: 2} as const;
export type SwitchKind = (typeof SwitchKind)[keyof typeof SwitchKind];

/**
 * Why a sample's chain has no caller above its root frame. `Unknown`: the source does not tell. `Root`: there is none. `Switch`: the
 * chain goes on on another stack. `EndOfDump`: the copy of the stack ends here. `DepthLimit`: as many frames as were to be recorded.
 * `Lost`: the caller could not be found.
 */
export const StackEnd = {Unknown: 0, Root: 1, Switch: 2, EndOfDump: 3, DepthLimit: 4, Lost: 5} as const;
export type StackEnd = (typeof StackEnd)[keyof typeof StackEnd];

/** What ARGUMENTS.kind says: an unsigned or signed number printed in decimal, one printed in hexadecimal, or text. */
export const ArgumentKind = {Decimal: 0, Signed: 1, Hex: 2, Text: 3} as const;
export type ArgumentKind = (typeof ArgumentKind)[keyof typeof ArgumentKind];

/** What STACK_CHANGES.kind says: the first stack of a goroutine, larger, smaller, or given back after its end. */
export const StackChangeKind = {Initial: 0, Growth: 1, Shrink: 2, Freed: 3} as const;
export type StackChangeKind = (typeof StackChangeKind)[keyof typeof StackChangeKind];
