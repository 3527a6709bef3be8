/**
 * What a file of symbols knows: a binary (or the debug file beside it), `kallsyms`, or a `perf-PID.map`. Plain data that can be moved from
 * one worker to another. `open.ts` makes it, `place.ts` asks it, and nobody changes it afterwards.
 *
 * Addresses in it are Float64 numbers, counted from `Symbols.base`, so that they are exact for kernels too (which lie above 2^53).
 */
import type {Table} from '../base/columns/table.ts';

/** Kinds of processors whose instructions or registers matter to someone; `other` is one that Linux knows and we do not. */
export type Machine = 'x86-64' | '386' | 'arm64' | 'arm' | 'other';

/** Bytes of the file together with the address they are loaded at. */
export interface Region {
  readonly address: number;
  readonly bytes: Uint8Array;
}

/** What is loaded of the file (PT_LOAD), by address. `fileBytes` of it lie in the file, the rest is zeros. */
export const SEGMENTS = {address: Float64Array, fileOffset: Float64Array, fileBytes: Float64Array, memoryBytes: Float64Array, executable: Uint8Array} as const;

/**
 * Functions by start, no two with the same one. `end` is the first address after it; one without a size ends where the next begins, as
 * perf has it. The name lies in `Symbols.nameBytes`; `module` is an index into `Symbols.modules` (kallsyms: the kernel's module), -1 none.
 */
export const FUNCTIONS = {start: Float64Array, end: Float64Array, nameByte: Uint32Array, nameBytes: Uint32Array, module: Int32Array} as const;

/** Go's table of functions, files and lines (`.gopclntab`), as it lies in the file, and where in it things are. */
export interface GoTables {
  /** The Go version since which tables are laid out so: 1.2 to 1.15, 1.16 and 1.17, 1.18 and 1.19, from 1.20 on. */
  readonly layout: '1.2' | '1.16' | '1.18' | '1.20';
  /** `go1.26.8`, where the binary says it. */
  readonly version: string | null;
  readonly table: Uint8Array;
  readonly isLittleEndian: boolean;
  readonly pointerBytes: 4 | 8;
  /** Program counters in its tables are counted in these: 1 (x86), 2 (s390x) or 4 (arm64 …). */
  readonly instructionBytes: 1 | 2 | 4;
  readonly functionCount: number;
  /** Address that its function offsets are counted from; 0 where they are addresses themselves (before 1.18). */
  readonly textStart: number;
  /** Where in `table` its parts begin. All of them 0, save `functions`, in the layout of 1.2, which has one part. */
  readonly names: number;
  readonly units: number;
  readonly files: number;
  readonly counters: number;
  readonly functions: number;
  /** Null: not found. */
  readonly calls: GoCalls | null;
}

/** Where the trees of inlined calls lie. Functions point to theirs by an offset from here, before 1.18 by address. */
export interface GoCalls extends Region {
  /** By which FUNCDATA they point to it, and which PCDATA says where in it a program counter is: both moved until 1.14. */
  readonly data: number;
  readonly counters: number;
  readonly entryBytes: 16 | 20;
}

/** What a file of symbols knows. */
export interface Symbols {
  readonly kind: 'elf' | 'kallsyms' | 'perf-map';
  /** GNU build id in lower hexadecimal; null: it has none. */
  readonly buildId: string | null;
  /** What Go's linker calls the build id: another thing, which perf does not record. */
  readonly goBuildId: string | null;
  /** Process of a perf map, by the file's name; null of others, and where the name does not tell. */
  readonly pid: number | null;
  /** Null: not told (kallsyms, perf map). */
  readonly machine: Machine | null;
  readonly isLittleEndian: boolean;
  readonly pointerBytes: 4 | 8;
  /** What all addresses are counted from; 0 of everything but kernels. */
  readonly base: bigint;
  /** Whether it is loaded where it says (false), or anywhere (true: PIE, shared libraries). */
  readonly movable: boolean;
  /** A separate debug file: names, but none of the code. */
  readonly isDebugFile: boolean;
  readonly segments: Table<typeof SEGMENTS>;
  readonly functions: Table<typeof FUNCTIONS>;
  readonly nameBytes: Uint8Array;
  readonly modules: readonly string[];
  readonly go: GoTables | null;
  /** Tables of `.eh_frame`, which tell how C and C++ frames are unwound. */
  readonly ehFrame: Region | null;
  /** Where a call instruction ends, a bit for each byte of code: an address that is a caller's stands on one. Empty: not known for this machine. */
  readonly returnSites: readonly Region[];
}

/** A code location, as a person reads it. `line` -1 and `file` null: not known. `inlined`: into the place that comes next. */
export interface Place {
  readonly name: string;
  readonly file: string | null;
  readonly line: number;
  readonly inlined: boolean;
}

/** Every buffer that symbols own, for moving them to another worker. */
export function buffersOfSymbols(symbols: Symbols): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const take = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) buffers.add(value.buffer as ArrayBuffer);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(take);
  };
  take(symbols);
  return [...buffers];
}
