/** `morestack switches`, and what samples tell of probes and tracepoints: arguments, callers that a probe on morestack restored. */
import {expect, test} from 'vitest';
import {jsonLines, morestack, temporaryFile} from './morestack.ts';

const leave = (time: string, tid: number, state: string, next: number) =>
  `app 1200/${tid} [000] ${time}: sched:sched_switch: prev_comm=app prev_pid=${tid} prev_prio=120 prev_state=${state} ==> next_comm=worker next_pid=${next} next_prio=120\n\t          401000 main.wait+0x10 (/app)\n\t          401100 main.main+0x10 (/app)\n\n`;
const scheduled = leave('5.000000', 7, 'S', 8) + leave('5.001000', 8, 'R+', 7) + leave('5.003000', 7, 'D', 8);

test('a stretch is one line: since when, until when, why, who ran before and after, and where it was', async () => {
  const file = temporaryFile('sched.txt', scheduled);
  const {stdout, exitCode} = await morestack('switches', file, '--thread', '7');
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)).toEqual([
    {
      file, tid: 7, comm: 'app', is: 'asleep', fromNs: 5_000_000_000, toNs: 5_001_000_000, isBegun: false, isOpen: false, isSeen: false, isBroken: false, prevState: 'S',
      previous: {tid: 8, comm: 'app'}, next: {tid: 8, comm: 'worker'}, stack: ['main.main', 'main.wait'],
    },
    {
      file, tid: 7, comm: 'app', is: 'on', fromNs: 5_001_000_000, toNs: 5_003_000_000, isBegun: false, isOpen: false, isSeen: false, isBroken: false, prevState: 'D',
      previous: {tid: 8, comm: 'app'}, next: {tid: 8, comm: 'worker'}, stack: null,
    },
  ]);
});

test('only threads that pass are told of, and a capture without switches tells nothing', async () => {
  const file = temporaryFile('sched.txt', scheduled);
  const tids = async (...choice: string[]) => new Set(jsonLines((await morestack('switches', file, ...choice)).stdout).map(({tid}) => tid));
  expect(await tids()).toEqual(new Set([7, 8]));
  expect([...await tids('--thread', '8')]).toEqual([8]);
  expect([...await tids('--process', '99')]).toEqual([]);
  expect([...await tids('--from', '5002000000', '--thread', '7')]).toEqual([7]);
  expect((await morestack('switches', temporaryFile('perf.txt', 'app 7 5.0: cpu-clock: \n\t          401000 main.f+0x1 (/app)\n\n'))).stdout).toBe('');
});

test('a sample has the arguments of its tracepoint or probe: numbers, hexadecimal as text, text', async () => {
  const {stdout} = await morestack('samples', temporaryFile('perf.txt', 'app 7/7 [000] 5.0: p:copystack: (44b9e0) gp=0xc000000100 newsize=4096 delta=-1 what="f"\n\napp 7/7 [000] 5.1: 1 cycles: \n\t          401000 main.f+0x1 (/app)\n\n'));
  const [probe, sample] = jsonLines(stdout);
  expect(probe['arguments']).toMatchObject({gp: '0xc000000100', newsize: 4096, delta: -1});
  expect(sample).not.toHaveProperty('arguments');
});

test('a sample in a growth has the callers that a probe on morestack told beside its recorded stack, and its folded line has them marked', async () => {
  const file = temporaryFile('perf.txt', [
    'app 7/7 [000] 5.0: p:morestack: (461ba0) g=0xc000000100 caller=0x444132 caller2=0x443cb1\n\n',
    'app 7/7 [000] 5.1: 1 cycles: \n\t          44bf6a runtime.newstack+0x1aa (/app)\n\t          461c2b runtime.morestack+0x8b (/app)\n\n',
  ].join(''));
  expect(jsonLines((await morestack('samples', file)).stdout)[1]).toMatchObject({stack: ['runtime.morestack', 'runtime.newstack'], restoredCallers: ['0x443cb1', '0x444132'], stackEnd: 'switch'});
  expect((await morestack('fold', '--event', 'cycles', file)).stdout).toBe('app;0x443cb1_[restored];0x444132_[restored];runtime.morestack;runtime.newstack 1\n');
  const functions = jsonLines((await morestack('functions', '--event', 'cycles', file)).stdout);
  expect(functions.find(({name}) => name === '0x444132')).toMatchObject({kind: 'Unknown', total: 1, restored: 1});
  expect(functions.find(({name}) => name === 'runtime.morestack')).not.toHaveProperty('restored');
});
