/**
 * The events of the wire format: number, name, arguments. Everything that is decided by kind of event is decided here or by a
 * `switch` over these numbers. (internal/trace/tracev2/events.go of Go 1.27.3; the same numbers since Go 1.22.)
 */

/** Event numbers by Go's names. */
export const Ev = {
  EventBatch: 1, Stacks: 2, Stack: 3, Strings: 4, String: 5, CPUSamples: 6, CPUSample: 7, Frequency: 8,
  ProcsChange: 9, ProcStart: 10, ProcStop: 11, ProcSteal: 12, ProcStatus: 13,
  GoCreate: 14, GoCreateSyscall: 15, GoStart: 16, GoDestroy: 17, GoDestroySyscall: 18, GoStop: 19, GoBlock: 20,
  GoUnblock: 21, GoSyscallBegin: 22, GoSyscallEnd: 23, GoSyscallEndBlocked: 24, GoStatus: 25,
  STWBegin: 26, STWEnd: 27, GCActive: 28, GCBegin: 29, GCEnd: 30, GCSweepActive: 31, GCSweepBegin: 32, GCSweepEnd: 33,
  GCMarkAssistActive: 34, GCMarkAssistBegin: 35, GCMarkAssistEnd: 36, HeapAlloc: 37, HeapGoal: 38,
  GoLabel: 39, UserTaskBegin: 40, UserTaskEnd: 41, UserRegionBegin: 42, UserRegionEnd: 43, UserLog: 44,
  GoSwitch: 45, GoSwitchDestroy: 46, GoCreateBlocked: 47, GoStatusStack: 48,
  ExperimentalBatch: 49, Sync: 50, ClockSnapshot: 51, EndOfGeneration: 52,
  Span: 128, SpanAlloc: 129, SpanFree: 130, HeapObject: 131, HeapObjectAlloc: 132, HeapObjectFree: 133,
  GoroutineStack: 134, GoroutineStackAlloc: 135, GoroutineStackFree: 136,
} as const;

/** A kind of event that carries a time. */
export interface TimedEvent {
  readonly name: string;
  /** Names of its arguments after the time difference, as Go names them. */
  readonly args: readonly string[];
  /** Which arguments are stacks; the first is the stack of the goroutine that the event happened on. */
  readonly stacks: readonly number[];
  /** Which arguments are strings. */
  readonly strings: readonly number[];
}

const timed = (name: string, args = ''): TimedEvent => {
  const names = args === '' ? [] : args.split(' ');
  const places = (test: (arg: string) => boolean) => names.flatMap((arg, i) => (test(arg) ? [i] : []));
  return {
    name,
    args: names,
    // new_stack is the start of another goroutine: it comes after the event's own stack.
    stacks: [...places((arg) => arg === 'stack'), ...places((arg) => arg === 'new_stack')],
    strings: places((arg) => arg.endsWith('_string')),
  };
};

/** Timed events by number; undefined for every other number. */
export const timedEvents: readonly (TimedEvent | undefined)[] = Object.assign(Array.from<TimedEvent | undefined>({length: 256}), {
  [Ev.ProcsChange]: timed('ProcsChange', 'procs_value stack'),
  [Ev.ProcStart]: timed('ProcStart', 'p p_seq'),
  [Ev.ProcStop]: timed('ProcStop'),
  [Ev.ProcSteal]: timed('ProcSteal', 'p p_seq m'),
  [Ev.ProcStatus]: timed('ProcStatus', 'p pstatus'),
  [Ev.GoCreate]: timed('GoCreate', 'new_g new_stack stack'),
  [Ev.GoCreateSyscall]: timed('GoCreateSyscall', 'new_g'),
  [Ev.GoStart]: timed('GoStart', 'g g_seq'),
  [Ev.GoDestroy]: timed('GoDestroy'),
  [Ev.GoDestroySyscall]: timed('GoDestroySyscall'),
  [Ev.GoStop]: timed('GoStop', 'reason_string stack'),
  [Ev.GoBlock]: timed('GoBlock', 'reason_string stack'),
  [Ev.GoUnblock]: timed('GoUnblock', 'g g_seq stack'),
  [Ev.GoSyscallBegin]: timed('GoSyscallBegin', 'p_seq stack'),
  [Ev.GoSyscallEnd]: timed('GoSyscallEnd'),
  [Ev.GoSyscallEndBlocked]: timed('GoSyscallEndBlocked'),
  [Ev.GoStatus]: timed('GoStatus', 'g m gstatus'),
  [Ev.STWBegin]: timed('STWBegin', 'kind_string stack'),
  [Ev.STWEnd]: timed('STWEnd'),
  [Ev.GCActive]: timed('GCActive', 'gc_seq'),
  [Ev.GCBegin]: timed('GCBegin', 'gc_seq stack'),
  [Ev.GCEnd]: timed('GCEnd', 'gc_seq'),
  [Ev.GCSweepActive]: timed('GCSweepActive', 'p'),
  [Ev.GCSweepBegin]: timed('GCSweepBegin', 'stack'),
  [Ev.GCSweepEnd]: timed('GCSweepEnd', 'swept_value reclaimed_value'),
  [Ev.GCMarkAssistActive]: timed('GCMarkAssistActive', 'g'),
  [Ev.GCMarkAssistBegin]: timed('GCMarkAssistBegin', 'stack'),
  [Ev.GCMarkAssistEnd]: timed('GCMarkAssistEnd'),
  [Ev.HeapAlloc]: timed('HeapAlloc', 'heapalloc_value'),
  [Ev.HeapGoal]: timed('HeapGoal', 'heapgoal_value'),
  [Ev.GoLabel]: timed('GoLabel', 'label_string'),
  [Ev.UserTaskBegin]: timed('UserTaskBegin', 'task parent_task name_string stack'),
  [Ev.UserTaskEnd]: timed('UserTaskEnd', 'task stack'),
  [Ev.UserRegionBegin]: timed('UserRegionBegin', 'task name_string stack'),
  [Ev.UserRegionEnd]: timed('UserRegionEnd', 'task name_string stack'),
  [Ev.UserLog]: timed('UserLog', 'task key_string value_string stack'),
  [Ev.GoSwitch]: timed('GoSwitch', 'g g_seq'),
  [Ev.GoSwitchDestroy]: timed('GoSwitchDestroy', 'g g_seq'),
  [Ev.GoCreateBlocked]: timed('GoCreateBlocked', 'new_g new_stack stack'),
  [Ev.GoStatusStack]: timed('GoStatusStack', 'g m gstatus stack'),
  [Ev.Span]: timed('Span', 'id npages_value kindclass'),
  [Ev.SpanAlloc]: timed('SpanAlloc', 'id npages_value kindclass'),
  [Ev.SpanFree]: timed('SpanFree', 'id'),
  [Ev.HeapObject]: timed('HeapObject', 'id type'),
  [Ev.HeapObjectAlloc]: timed('HeapObjectAlloc', 'id type'),
  [Ev.HeapObjectFree]: timed('HeapObjectFree', 'id'),
  [Ev.GoroutineStack]: timed('GoroutineStack', 'id order'),
  [Ev.GoroutineStackAlloc]: timed('GoroutineStackAlloc', 'id order'),
  [Ev.GoroutineStackFree]: timed('GoroutineStackFree', 'id'),
});

/** Number of arguments of each timed event, -1 for numbers that are no timed event. */
export const argumentCount = Int8Array.from(timedEvents, (event) => event?.args.length ?? -1);

/** First event of the AllocFree experiment (GODEBUG=traceallocfree=1). */
export const FIRST_EXPERIMENTAL = Ev.Span;

/** Most arguments that an event has, the time difference left out. */
export const MAX_ARGUMENTS = 4;
