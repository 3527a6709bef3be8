/**
 * Events as `go tool trace -d=parsed` of Go 1.27 prints their header lines, straight from the ordered events.
 *
 *   M=4049 P=1 G=1 Metric Time=2628235014016 Name="/sched/gomaxprocs:threads" Value=Value{Uint64(2)}
 */
import type {ByteStream} from '../../base/bytes/source.ts';
import type {TranscriptEnd} from '../format.ts';
import {Ev, FIRST_EXPERIMENTAL, timedEvents} from './event-types.ts';
import {goQuote} from './go-quote.ts';
import {SYNC, type OrderedEvent} from './ordered-event.ts';
import {metricName, rangeName} from './names.ts';
import {readEvents} from './read-events.ts';
import {goStateNames, goStateOf, GoState, procStateNames, procStateOf, ProcState} from './scheduler.ts';

const LINES_PER_WRITE = 4096;

/** Writes one line an event, in pieces of some thousand lines; strict. */
export async function transcript(input: ByteStream, write: (lines: string) => void | Promise<void>): Promise<TranscriptEnd> {
  let lines: string[] = [];
  let originNs = 0;
  const flush = async () => {
    if (lines.length > 0) await write(`${lines.join('\n')}\n`);
    lines = [];
  };
  const stoppedBy = await readEvents(input, true, {
    start: (_, origin) => (originNs = origin),
    generation: () => {},
    event: (event) => lines.push(line(event, originNs)),
    problem: () => {},
    breathe: async () => {
      if (lines.length > LINES_PER_WRITE) await flush();
    },
  });
  await flush();
  return stoppedBy;
}

function line(event: OrderedEvent, originNs: number): string {
  return `M=${event.m} P=${event.p} G=${event.g} ${details(event, absolute(event.timeNs, originNs))}`;
}

/** Both numbers are whole; their sum may be beyond 2^53. */
function absolute(timeNs: number, originNs: number): string {
  const sum = timeNs + originNs;
  return Number.isSafeInteger(sum) ? String(sum) : String(BigInt(timeNs) + BigInt(originNs));
}

function details(event: OrderedEvent, time: string): string {
  const {type, args} = event;
  switch (type) {
    case SYNC: return sync(event, time);
    case Ev.CPUSample: return `StackSample Time=${time}`;
    case Ev.ProcsChange:
    case Ev.HeapAlloc:
    case Ev.HeapGoal: return `Metric Time=${time} Name=${quoted(metricName(type))} Value=${value(event, 0)}`;
    case Ev.GoLabel: return `Label Time=${time} Label=${string(event, 0)} Resource=Goroutine(${event.g})`;
    case Ev.STWBegin:
    case Ev.GCBegin:
    case Ev.GCSweepBegin:
    case Ev.GCMarkAssistBegin: return `RangeBegin Time=${time} ${range(event)}`;
    case Ev.GCActive:
    case Ev.GCSweepActive:
    case Ev.GCMarkAssistActive: return `RangeActive Time=${time} ${range(event)}`;
    case Ev.STWEnd:
    case Ev.GCEnd:
    case Ev.GCMarkAssistEnd: return `RangeEnd Time=${time} ${range(event)} Attributes=[]`;
    case Ev.GCSweepEnd: return `RangeEnd Time=${time} ${range(event)} Attributes=["bytes swept"=${value(event, 0)} "bytes reclaimed"=${value(event, 1)}]`;
    case Ev.UserTaskBegin: return `TaskBegin Time=${time} ID=${unsigned(event, 0)} Parent=${unsigned(event, 1)} Type=${string(event, 2)}`;
    case Ev.UserTaskEnd: return `TaskEnd Time=${time} ID=${unsigned(event, 0)} Parent=${none64(event.parentTask)} Type=${goQuote(event.taskName)}`;
    case Ev.UserRegionBegin:
    case Ev.UserRegionEnd: return `Region${type === Ev.UserRegionBegin ? 'Begin' : 'End'} Time=${time} Task=${unsigned(event, 0)} Type=${string(event, 1)}`;
    case Ev.UserLog: return `Log Time=${time} Task=${unsigned(event, 0)} Category=${string(event, 1)} Message=${string(event, 2)}`;
    case Ev.ProcStart: return procTransition(time, args[0], ProcState.Idle, ProcState.Running);
    case Ev.ProcStop: return procTransition(time, event.p, ProcState.Running, ProcState.Idle);
    case Ev.ProcSteal: return procTransition(time, args[0], event.before, ProcState.Idle);
    case Ev.ProcStatus: return procTransition(time, args[0], event.before, procStateOf[args[1]]);
    default: return type >= FIRST_EXPERIMENTAL ? experimental(event, time) : goroutineTransition(event, time);
  }
}

function goroutineTransition(event: OrderedEvent, time: string): string {
  const {type, args, g} = event;
  const from = (id: number, before: number, after: number, reason = '""') => `StateTransition Time=${time} GoID=${id} ${goStateNames[before]}->${goStateNames[after]} Reason=${reason}`;
  switch (type) {
    case Ev.GoCreate: return from(args[0], GoState.NotExist, GoState.Runnable);
    case Ev.GoCreateBlocked: return from(args[0], GoState.NotExist, GoState.Waiting);
    case Ev.GoCreateSyscall: return from(args[0], GoState.NotExist, GoState.Syscall);
    case Ev.GoStart: return from(args[0], GoState.Runnable, GoState.Running);
    case Ev.GoDestroy: return from(g, GoState.Running, GoState.NotExist);
    case Ev.GoDestroySyscall: return from(g, GoState.Syscall, GoState.NotExist);
    case Ev.GoStop: return from(g, GoState.Running, GoState.Runnable, string(event, 0));
    case Ev.GoBlock: return from(g, GoState.Running, GoState.Waiting, string(event, 0));
    case Ev.GoUnblock:
    case Ev.GoSwitch:
    case Ev.GoSwitchDestroy: return from(args[0], GoState.Waiting, GoState.Runnable);
    case Ev.GoSyscallBegin: return from(g, GoState.Running, GoState.Syscall);
    case Ev.GoSyscallEnd: return from(g, GoState.Syscall, GoState.Running);
    case Ev.GoSyscallEndBlocked: return from(g, GoState.Syscall, GoState.Runnable);
    case Ev.GoStatus:
    case Ev.GoStatusStack: return from(args[0], event.before, goStateOf[args[2]]);
    default: throw new Error(`internal: no line for event ${type}`);
  }
}

function procTransition(time: string, p: number, before: number, after: number): string {
  return `StateTransition Time=${time} ProcID=${p} ${procStateNames[before]}->${procStateNames[after]} Reason=""`;
}

function experimental(event: OrderedEvent, time: string): string {
  const {name, args} = timedEvents[event.type]!;
  return `Experimental Time=${time} Name=${name} Args=[${args.map((arg, i) => `${arg}=${value(event, i)}`).join(', ')}]`;
}

function range(event: OrderedEvent): string {
  const {type, args} = event;
  const name = `Name=${quoted(rangeName(event))}`;
  switch (type) {
    case Ev.GCBegin:
    case Ev.GCActive:
    case Ev.GCEnd: return `${name} Scope=None`;
    case Ev.GCSweepBegin:
    case Ev.GCSweepEnd: return `${name} Scope=Proc(${event.p})`;
    case Ev.GCSweepActive: return `${name} Scope=Proc(${args[0]})`;
    case Ev.GCMarkAssistActive: return `${name} Scope=Goroutine(${args[0]})`;
    default: return `${name} Scope=Goroutine(${event.g})`;
  }
}

function sync({args, generation}: OrderedEvent, time: string): string {
  const line = `Sync Time=${time} N=${args[0]}`;
  const reading = generation?.clockReading;
  if (!generation || !reading) return line;
  return `${line} Trace=${BigInt(Math.trunc(reading.ticks * generation.nsPerTick))} Mono=${reading.monotonicNs} Wall=${rfc3339(reading.wallNs)}`;
}

/** Go's time.RFC3339Nano in UTC: the fraction without the zeros at its end. */
function rfc3339(wallNs: bigint): string {
  const date = new Date(Number(wallNs / 1_000_000n));
  if (Number.isNaN(date.getTime())) return 'invalid';
  const fraction = String(wallNs % 1_000_000_000n).padStart(9, '0').replace(/0+$/, '');
  return `${date.toISOString().slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

function value(event: OrderedEvent, i: number): string {
  return `Value{Uint64(${unsigned(event, i)})}`;
}

/** Argument `i` as the unsigned 64-bit number that the file holds. */
function unsigned(event: OrderedEvent, i: number): string {
  return event.exact?.[i]?.toString() ?? none64(event.args[i]);
}

function none64(id: number): string {
  return id === -1 ? '18446744073709551615' : String(id);
}

function string(event: OrderedEvent, i: number): string {
  const bytes = event.args[i] === 0 ? undefined : event.generation?.strings.get(event.args[i]);
  return goQuote(bytes ?? new Uint8Array(0));
}

function quoted(text: string): string {
  return goQuote(new TextEncoder().encode(text));
}

