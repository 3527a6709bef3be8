/**
 * Numbers of the kernel's and of perf's own record types, and the bits of a record's `misc`.
 * include/uapi/linux/perf_event.h and tools/lib/perf/include/perf/event.h of Linux 6.1; CALLCHAIN_DEFERRED is newer, of Linux 6.19.
 */

/** Records that the kernel wrote. */
export const KernelRecord = {
  Mmap: 1, Lost: 2, Comm: 3, Exit: 4, Throttle: 5, Unthrottle: 6, Fork: 7, Read: 8, Sample: 9, Mmap2: 10, Aux: 11, ItraceStart: 12,
  LostSamples: 13, Switch: 14, SwitchCpuWide: 15, Namespaces: 16, Ksymbol: 17, BpfEvent: 18, Cgroup: 19, TextPoke: 20, AuxOutputHwId: 21,
  CallchainDeferred: 22,
} as const;

/** Records that perf wrote between them. They have no trailer and no time of their own. */
export const PerfRecord = {
  HeaderAttr: 64, HeaderEventType: 65, HeaderTracingData: 66, HeaderBuildId: 67, FinishedRound: 68, IdIndex: 69, AuxtraceInfo: 70, Auxtrace: 71,
  AuxtraceError: 72, ThreadMap: 73, CpuMap: 74, StatConfig: 75, Stat: 76, StatRound: 77, EventUpdate: 78, TimeConv: 79, HeaderFeature: 80,
  Compressed: 81, FinishedInit: 82, Compressed2: 83, BpfMetadata: 84,
} as const;

/** The first number of perf's own records. */
export const FIRST_PERF_RECORD = 64;

/** Every record begins with its type (32 bits), `misc` (16) and its size with these eight bytes (16). */
export const RECORD_HEADER_BYTES = 8;

const PERF_NAMES: Readonly<Record<number, string>> = names(PerfRecord);
const KERNEL_NAMES: Readonly<Record<number, string>> = names(KernelRecord);

/** `PERF_RECORD_MMAP2`; a number for what is not known. */
export function recordName(type: number): string {
  return `PERF_RECORD_${KERNEL_NAMES[type] ?? PERF_NAMES[type] ?? String(type)}`;
}

/** Whether a number is a record type that was known when this was written. */
export function isKnownRecord(type: number): boolean {
  return type in KERNEL_NAMES || type in PERF_NAMES;
}

/** Records of newer kernels and perfs have numbers near those that are known, simpleperf's own ones from 32768 on. No other was ever given. */
export function isRecordType(type: number): boolean {
  return (type > 0 && type < 256) || (type >= 32768 && type < 32768 + 256);
}

function names(types: Readonly<Record<string, number>>): Record<number, string> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [type, name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase()]));
}

/** In which mode the CPU was: the low three bits of `misc`. */
export const CpuMode = {Unknown: 0, Kernel: 1, User: 2, Hypervisor: 3, GuestKernel: 4, GuestUser: 5} as const;
export type CpuMode = (typeof CpuMode)[keyof typeof CpuMode];

export const MISC_CPU_MODE = 7;
/** MMAP: not of code. */
export const MISC_MMAP_DATA = 1 << 13;
/** FORK: made up by perf for a process that ran before; nothing was inherited then. */
export const MISC_FORK_EXEC = 1 << 13;
/** SWITCH: the thread lost the CPU; with the next bit: it could have run on. */
export const MISC_SWITCH_OUT = 1 << 13;
export const MISC_SWITCH_OUT_PREEMPT = 1 << 14;
/** MMAP2: a build id stands where device and inode stood. */
export const MISC_MMAP_BUILD_ID = 1 << 14;
/** HEADER_BUILD_ID and the build ids of the header: their size is told. */
export const MISC_BUILD_ID_SIZE = 1 << 15;
