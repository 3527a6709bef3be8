/** The rules of the order, one by one: what waits for what, what each event shows and changes, and what no order allows. */
import {describe, expect, test} from 'vitest';
import {streamOf} from '../../testing/bytes.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';
import {transcript} from './transcript.ts';

/** Goroutine 1 runs on proc 0 of thread 1; proc 1 is idle. */
const RUNNING = `
batch gen=1 m=1 time=10
  ProcStatus dt=0 p=0 pstatus=Running
  ProcStatus dt=0 p=1 pstatus=Idle
  GoStatus dt=0 g=1 m=1 gstatus=Running`;

const TABLES = `
batch gen=1 m=none time=10
  Frequency freq=15625000
batch gen=1 m=none time=10
  Strings
  String id=1 "one"
  String id=2 "two"`;

/** What happens, a line each: `thread: goroutine or proc from -> to`, or the kind of event; and why it stopped. */
async function story(batches: string): Promise<{lines: string[]; stops: string | null}> {
  let text = '';
  const end = await transcript(streamOf(wireBytes(`trace go 1.23\n${batches}`)), (more) => void (text += more));
  const lines = text.split('\n').filter((line) => line !== '' && !line.includes(' Sync '));
  return {lines: lines.map(short), stops: end?.message.replace('An event that does not fit: ', '') ?? null};
}

function short(line: string): string {
  const [, m, kind, rest] = /^M=(\S+) P=\S+ G=\S+ (\S+) Time=\d+ ?(.*)$/.exec(line)!;
  const change = /^(Go|Proc)ID=(\d+) (\S+)/.exec(rest);
  return change ? `${m}: ${change[1].toLowerCase()} ${change[2]} ${change[3]}` : `${m}: ${kind} ${rest}`;
}

/** The lines after those of `RUNNING`. */
async function after(batches: string): Promise<string[]> {
  const {lines, stops} = await story(`${RUNNING}\n${batches}${TABLES}`);
  expect(stops).toBe(null);
  const beginning = ['1: proc 0 Undetermined->Running', '1: proc 1 Undetermined->Idle', '1: go 1 Undetermined->Running'];
  expect(lines.filter((line) => beginning.includes(line))).toEqual(beginning);
  return lines.filter((line) => !beginning.includes(line));
}

describe('between threads', () => {
  test('a goroutine starts only after it was made, whatever the clocks say', async () => {
    const lines = await after(`
      GoCreate dt=90 new_g=5 new_stack=0 stack=0
      batch gen=1 m=2 time=11
        ProcStart dt=0 p=1 p_seq=1
        GoStart dt=0 g=5 g_seq=1`);
    expect(lines).toEqual(['2: proc 1 Idle->Running', '1: go 5 NotExist->Runnable', '2: go 5 Runnable->Running']);
  });

  test('a thread takes a proc only after the thread that holds it has let it go', async () => {
    const lines = await after(`
      GoBlock dt=50 reason_string=1 stack=0
      ProcStop dt=1
      batch gen=1 m=2 time=11
        ProcStart dt=0 p=0 p_seq=1`);
    expect(lines).toEqual(['1: go 1 Running->Waiting', '1: proc 0 Running->Idle', '2: proc 0 Idle->Running']);
  });

  test('a goroutine is woken up only after it blocked', async () => {
    const lines = await after(`
      GoBlock dt=50 reason_string=1 stack=0
      batch gen=1 m=2 time=11
        GoUnblock dt=0 g=1 g_seq=1 stack=0`);
    expect(lines).toEqual(['1: go 1 Running->Waiting', '2: go 1 Waiting->Runnable']);
  });

  test('of two starts of a goroutine the one with the smaller number comes first', async () => {
    const lines = await after(`
      GoStop dt=1 reason_string=1 stack=0
      batch gen=1 m=2 time=11
        ProcStart dt=0 p=1 p_seq=1
        GoStart dt=0 g=1 g_seq=2
      batch gen=1 m=1 time=80
        GoStart dt=0 g=1 g_seq=1
        GoStop dt=1 reason_string=1 stack=0`);
    expect(lines).toEqual([
      '1: go 1 Running->Runnable', '2: proc 1 Idle->Running', '1: go 1 Runnable->Running', '1: go 1 Running->Runnable', '2: go 1 Runnable->Running',
    ]);
  });

  test('a proc is stolen only after the syscall that the number of the theft names', async () => {
    const lines = await after(`
      GoSyscallBegin dt=20 p_seq=1 stack=0
      GoSyscallEnd dt=1
      GoSyscallBegin dt=20 p_seq=2 stack=0
      batch gen=1 m=2 time=11
        ProcSteal dt=0 p=0 p_seq=3 m=1`);
    expect(lines).toEqual(['1: go 1 Running->Syscall', '1: go 1 Syscall->Running', '1: go 1 Running->Syscall', '2: proc 0 Running->Idle']);
  });

  test('a goroutine that comes out of a syscall without its proc waits until that was stolen', async () => {
    const lines = await after(`
      GoSyscallBegin dt=1 p_seq=1 stack=0
      GoSyscallEndBlocked dt=1
      batch gen=1 m=2 time=90
        ProcSteal dt=0 p=0 p_seq=2 m=1`);
    expect(lines).toEqual(['1: go 1 Running->Syscall', '2: proc 0 Running->Idle', '1: go 1 Syscall->Runnable']);
  });

  test('a switch to a goroutine waits until that one waits, and shows as its wake-up, the block of this one and its start', async () => {
    const lines = await after(`
      GoCreate dt=1 new_g=5 new_stack=0 stack=0
      GoSwitch dt=1 g=5 g_seq=2
      batch gen=1 m=2 time=40
        ProcStart dt=0 p=1 p_seq=1
        GoStart dt=0 g=5 g_seq=1
        GoBlock dt=0 reason_string=1 stack=0`);
    expect(lines).toEqual([
      '1: go 5 NotExist->Runnable', '2: proc 1 Idle->Running', '2: go 5 Runnable->Running', '2: go 5 Running->Waiting',
      '1: go 5 Waiting->Runnable', '1: go 1 Running->Waiting', '1: go 5 Runnable->Running',
    ]);
  });

  test('a goroutine that ends by a switch is gone, so that its number may be made anew', async () => {
    const lines = await after(`
      GoCreateBlocked dt=1 new_g=5 new_stack=0 stack=0
      GoSwitchDestroy dt=1 g=5 g_seq=1
      GoCreate dt=1 new_g=1 new_stack=0 stack=0`);
    expect(lines.slice(-3)).toEqual(['1: go 1 Running->NotExist', '1: go 5 Runnable->Running', '1: go 1 NotExist->Runnable']);
  });

  test('a garbage collection ends only after it began on another thread, and the next begins after that', async () => {
    const lines = await after(`
      GCBegin dt=1 gc_seq=4 stack=0
      GCBegin dt=1 gc_seq=6 stack=0
      batch gen=1 m=2 time=50
        ProcStart dt=0 p=1 p_seq=1
        GoStatus dt=0 g=2 m=2 gstatus=Running
        GCEnd dt=0 gc_seq=5`);
    expect(lines.map((line) => line.replace(/ Name.*/, ''))).toEqual([
      '1: RangeBegin', '2: proc 1 Idle->Running', '2: go 2 Undetermined->Running', '2: RangeEnd', '1: RangeBegin',
    ]);
  });

  test('with nothing to wait for, the earlier event comes first', async () => {
    const lines = await after(`
      HeapAlloc dt=10 heapalloc_value=1
      HeapAlloc dt=20 heapalloc_value=3
      batch gen=1 m=2 time=11
        ProcStart dt=0 p=1 p_seq=1
        HeapAlloc dt=10 heapalloc_value=2`);
    expect(lines.map((line) => line.replace(/.*Uint64/, ''))).toEqual(['2: proc 1 Idle->Running', '(1)}', '(2)}', '(3)}']);
  });
});

describe('between generations', () => {
  const next = (batches: string) => `${RUNNING}\n${'GoCreate dt=5 new_g=5 new_stack=0 stack=0'}${TABLES}\n${batches}\nbatch gen=2 m=none time=100\nFrequency freq=15625000`;

  test('numbers start anew with the status of a goroutine', async () => {
    const {lines, stops} = await story(next(`
      batch gen=2 m=1 time=100
        ProcStatus dt=0 p=0 pstatus=Running
        GoStatus dt=0 g=1 m=1 gstatus=Running
        GoStop dt=1 reason_string=0 stack=0
        GoStatus dt=1 g=5 m=none gstatus=Runnable
        GoStart dt=1 g=5 g_seq=1`));
    expect(stops).toBe(null);
    expect(lines.slice(-3)).toEqual(['1: go 1 Running->Runnable', '1: go 5 Runnable->Runnable', '1: go 5 Runnable->Running']);
  });

  test('a goroutine that had no status yet cannot start', async () => {
    const {stops} = await story(next(`
      batch gen=2 m=2 time=100
        ProcStatus dt=0 p=1 pstatus=Idle
        ProcStart dt=0 p=1 p_seq=1
        GoStart dt=1 g=5 g_seq=1`));
    expect(stops).toBe('No thread can go on: GoStart of thread 2 waits for an event that is not there');
  });

  test('a proc that was never seen is new, not undetermined', async () => {
    const {lines} = await story(next('batch gen=2 m=1 time=100\nProcStatus dt=0 p=7 pstatus=Idle'));
    expect(lines.at(-1)).toBe('1: proc 7 NotExist->Idle');
  });

  test.each([
    ['GoStatus dt=0 g=9 m=none gstatus=Waiting', 'goroutine 9 is new to the trace, but no event created it'],
    ['GoStatus dt=0 g=5 m=none gstatus=Waiting', 'goroutine 5 is said to have status 4 but has 1'],
    ['ProcStatus dt=0 p=0 pstatus=Idle', 'proc 0 is said to have status 2 but has 1'],
    ['GCSweepActive dt=0 p=0', 'GCSweepActive does not fit proc 0'],
    ['GCMarkAssistActive dt=0 g=1', 'GCMarkAssistActive does not fit goroutine 1'],
    ['GCActive dt=0 gc_seq=1', 'GCActive while no GC is running'],
  ])('%s, which contradicts the generation before, is a fault', async (line, problem) => {
    expect((await story(next(`batch gen=2 m=1 time=100\n${line}`))).stops).toBe(problem);
  });
});

describe('what an event is shown on', () => {
  test('a status of a goroutine in a syscall is shown on the thread that it is in the syscall on', async () => {
    expect(await after('GoStatus dt=1 g=4 m=77 gstatus=Syscall')).toEqual(['77: go 4 Undetermined->Syscall']);
  });

  test('a proc in a syscall whose thread is said to be lost counts as in it, on that thread', async () => {
    const lines = await after('GoSyscallBegin dt=1 p_seq=1 stack=0\nbatch gen=1 m=2 time=90\nProcStatus dt=0 p=0 pstatus=SyscallAbandoned\nProcSteal dt=1 p=0 p_seq=1 m=1');
    expect(lines.slice(1)).toEqual(['1: proc 0 Running->Running', '2: proc 0 Running->Idle']);
  });

  test('a stolen proc of a lost thread was idle already, whatever thread is named', async () => {
    const lines = await after('batch gen=1 m=2 time=90\nProcStatus dt=0 p=3 pstatus=SyscallAbandoned\nProcSteal dt=1 p=3 p_seq=1 m=88');
    expect(lines).toEqual(['2: proc 3 Undetermined->Idle', '2: proc 3 Idle->Idle']);
  });

  test('the end of a goroutine of a C thread takes the proc from the thread first', async () => {
    const lines = await after(`
      GoSyscallBegin dt=1 p_seq=1 stack=0
      GoDestroySyscall dt=1
      GoCreateSyscall dt=1 new_g=6`);
    expect(lines.slice(1)).toEqual(['1: proc 0 Running->Idle', '1: go 1 Syscall->NotExist', '1: go 6 NotExist->Syscall']);
  });

  test('the end of a stop-the-world has the name of its beginning', async () => {
    const lines = await after('STWBegin dt=1 kind_string=2 stack=0\nGCMarkAssistBegin dt=1 stack=0\nSTWEnd dt=1');
    expect(lines.at(-1)).toBe('1: RangeEnd Name="stop-the-world (two)" Scope=Goroutine(1) Attributes=[]');
  });

  test('what a batch of no thread tells binds nothing', async () => {
    const {stops} = await story(`
      batch gen=1 m=none time=10
        GoStatus dt=1 g=1 m=none gstatus=Running
        HeapAlloc dt=1 heapalloc_value=1${TABLES}`);
    expect(stops).toBe("expected a thread but didn't have one");
  });
});

describe('what no order allows', () => {
  test.each([
    // Goroutines.
    ['GoCreate dt=1 new_g=1 new_stack=0 stack=0', 'goroutine 1 is created but exists already'],
    ['GoSyscallBegin dt=1 p_seq=1 stack=0\nGoCreate dt=1 new_g=2 new_stack=0 stack=0', 'goroutine 1 creates another while it is not running'],
    ['GoSyscallBegin dt=1 p_seq=1 stack=0\nGoBlock dt=1 reason_string=1 stack=0', 'GoBlock of goroutine 1, which is not running'],
    ['GoBlock dt=1 reason_string=1 stack=0\nGoDestroy dt=1', "expected a goroutine but didn't have one"],
    ['GoCreate dt=1 new_g=2 new_stack=0 stack=0\nGoStart dt=1 g=2 g_seq=1', 'expected no goroutine but had one'],
    ['GoStatus dt=1 g=2 m=none gstatus=9', 'goroutine 2 has status 9, which does not exist'],
    ['GoStatus dt=1 g=2 m=none gstatus=Syscall', 'goroutine 2 is in a syscall on no thread'],
    ['batch gen=1 m=3 time=60\nGoStatus dt=0 g=2 m=1 gstatus=Syscall', 'goroutine 2 is in a syscall on thread 1, which has goroutine 1'],
    // Procs.
    ['ProcStatus dt=1 p=2 pstatus=9', 'proc 2 has status 9, which does not exist'],
    ['GoBlock dt=1 reason_string=1 stack=0\nProcStop dt=1\nProcStop dt=1', 'ProcStop on thread 1, which has no known proc'],
    ['GoSyscallBegin dt=1 p_seq=1 stack=0\nbatch gen=1 m=2 time=60\nProcSteal dt=0 p=0 p_seq=2 m=3', 'proc 0 is stolen from thread 3, which was never seen'],
    // Syscalls.
    ['GoSyscallBegin dt=1 p_seq=2 stack=0', 'GoSyscallBegin has number 2 of proc 0, which is at 0'],
    ['GoSyscallEnd dt=1', 'GoSyscallEnd of goroutine 1, which is in no syscall'],
    ['GoDestroySyscall dt=1', 'GoDestroySyscall of goroutine 1, which is in no syscall'],
    ['GoSyscallEndBlocked dt=1', 'GoSyscallEndBlocked of goroutine 1, which is in no syscall'],
    ['GoCreateSyscall dt=1 new_g=3', 'expected no goroutine but had one'],
    ['GoBlock dt=1 reason_string=1 stack=0\nGoCreateSyscall dt=1 new_g=1', 'goroutine 1 is created in a syscall but exists already'],
    // Ranges.
    ['GCBegin dt=1 gc_seq=1 stack=0\nGCBegin dt=1 gc_seq=2 stack=0', 'GCBegin while a GC is running'],
    ['GCEnd dt=1 gc_seq=1', 'GCEnd while no GC is known to run'],
    ['GCBegin dt=1 gc_seq=1 stack=0\nGCActive dt=1 gc_seq=2', 'GCActive in the first generation is not its first GC event'],
    ['GCSweepEnd dt=1 swept_value=0 reclaimed_value=0', 'proc 0 ends a sweep that it did not begin'],
    ['GCSweepBegin dt=1 stack=0\nGCSweepBegin dt=1 stack=0', 'proc 0 begins a sweep inside a sweep'],
    ['GCSweepActive dt=1 p=9', 'GCSweepActive does not fit proc 9'],
    ['GCMarkAssistBegin dt=1 stack=0\nGCMarkAssistBegin dt=1 stack=0', 'GCMarkAssistBegin of goroutine 1, which is in it already'],
    ['GCMarkAssistEnd dt=1', 'GCMarkAssistEnd of goroutine 1, which is not in it'],
    ['GCMarkAssistBegin dt=1 stack=0\nSTWEnd dt=1', 'STWEnd of goroutine 1, which is not in it'],
    // Tasks and regions.
    ['UserTaskBegin dt=1 task=1 parent_task=0 name_string=1 stack=0\nUserTaskBegin dt=1 task=1 parent_task=0 name_string=1 stack=0', 'task 1 begins but is active already'],
    ['UserTaskBegin dt=1 task=1 parent_task=0 name_string=9 stack=0', 'string 9 is not in its generation'],
    ['UserRegionBegin dt=1 task=1 name_string=1 stack=0\nUserRegionEnd dt=1 task=2 name_string=1 stack=0', 'region “one” ends in goroutine 1, whose innermost region is “one”'],
  ])('%s', async (batches, problem) => {
    expect((await story(`${RUNNING}\n${batches}${TABLES}`)).stops).toBe(problem);
  });

  test.each([
    ['GoStart dt=1 g=9 g_seq=1', 'GoStart'],
    ['GoUnblock dt=1 g=1 g_seq=1 stack=0', 'GoUnblock'],
    ['GoSwitch dt=1 g=1 g_seq=1', 'GoSwitch'],
    ['ProcStart dt=1 p=0 p_seq=1', 'ProcStart'],
    // A thread that has a proc is thought to lose it yet.
    ['ProcStart dt=1 p=1 p_seq=1', 'ProcStart'],
    ['ProcSteal dt=1 p=1 p_seq=1 m=1', 'ProcSteal'],
    ['GCBegin dt=1 gc_seq=1 stack=0\nGCEnd dt=1 gc_seq=9', 'GCEnd'],
  ])('%s waits for ever', async (line, name) => {
    expect((await story(`${RUNNING}\n${line}${TABLES}`)).stops).toBe(`No thread can go on: ${name} of thread 1 waits for an event that is not there`);
  });
});
