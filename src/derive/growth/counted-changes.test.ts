/** Which function grew a stack, and how that is known: by the chain of the step, by a caller, by a neighbour, or not at all. */
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {CauseFrom, stackFromNames} from './shape.ts';

const names = Object.keys(CauseFrom);

/** Causes as `function how`, of what the first source that can be counted tells. */
function causesOf(traces: readonly Trace[]): string[] {
  const session = sessionOf(traces);
  const counted = session.countedChanges(session.countable(session.axis.groups[0])[0]);
  return Array.from(counted.cause, (row, i) => `${row < 0 ? '-' : counted.functions[row]} ${names[counted.causeFrom[i]]}`);
}

const DRAWING = `
              0us                          50us
  G1 main.a   run M7 {main.a;main.near}    wait
`;

test('Go’s own samples name the function itself: it calls newstack', () => {
  const trace = goTraceFromText(DRAWING, {changes: '10us+5us G1 2K→4K M7', cpuSamples: '12us G1 M7 main.a;main.f;runtime.newstack;runtime.copystack'});
  expect(causesOf([trace])).toEqual(['main.f Sample']);
});

test('above morestack stands a caller only, and where the chain ends there the neighbouring event is all that is known', () => {
  const trace = goTraceFromText(DRAWING, {changes: '10us+5us G1 2K→4K M7\n20us+5us G1 4K→8K M7'});
  const perf = traceFromText(`
    12us               22us
    main.a             runtime.morestack.abi0
    main.caller        runtime.newstack
    runtime.morestack  runtime.copystack
    runtime.newstack
  `, {tid: 7});
  expect(causesOf([trace, perf])).toEqual(['main.caller Caller', 'main.near Event']);
});

test('of a neighbour’s stack the runtime’s functions and those that block on it are passed over', () => {
  const trace = goTraceFromText(`
              0us                                                         50us
  G1 main.a   run M7 {main.a;main.b;sync.(*Mutex).Lock;runtime.lock}      wait
  G2 main.c   wait {runtime.gcBgMarkWorker}
`, {changes: '10us+5us G1 2K→4K M7\n20us+1us G2 2K→4K\n21us+1us G- 2K→4K'});
  expect(causesOf([trace])).toEqual(['main.b Event', '- None', '- None']);
});

test('a shrink is nobody’s call', () => {
  expect(causesOf([goTraceFromText(DRAWING, {changes: '10us+5us G1 4K→2K M7'})])).toEqual(['- Shrink']);
});

test('a probe is told by its own chain, and by an event of the goroutine that its goid names', async () => {
  const copy = (time: string, goid: number, chain = '') => `app 7 [000] ${time}: probe_app:copystack: (44cd80) newsize=4096 lo=0x1000 hi=0x1800 goid=${goid}\n${chain}\n`;
  const frames = ['runtime.copystack', 'runtime.newstack', 'main.g'].map((name) => `\t          44cd80 ${name}+0x0 (/app)\n`).join('');
  const perf = (await opened(new TextEncoder().encode(`# clockid: monotonic (1)\n# ========\n#\n${copy('0.000005', 1)}${copy('0.000006', 5)}${copy('0.000007', 1, frames)}`))).trace!;
  expect(causesOf([goTraceFromText(DRAWING), perf])).toEqual(['main.near Event', '- None', 'main.g Sample']);
  expect(causesOf([perf])).toEqual(['main.g Event', '- None', 'main.g Sample']);
});

test('an address without a chain is no stack of a neighbouring event', async () => {
  const text = (chain: string) => `# clockid: monotonic (1)\n# ========\n#\n${['0.000005', '0.000007'].map((time, i) => `app 7 [000] ${time}: probe_app:copystack: (44cd80) newsize=4096 lo=0x1000 hi=0x1800 goid=1\n${i > 0 ? chain : ''}\n`).join('')}`;
  const read = async (chain: string) => (await opened(new TextEncoder().encode(text(chain)))).trace!;
  const froms = (trace: Trace) => {
    const session = sessionOf([trace]);
    return Array.from(session.countedChanges(session.countable(session.axis.groups[0])[0]).stackFrom, (from) => stackFromNames[from]);
  };
  const frames = '\t          44cd80 runtime.copystack+0x0 (/app)\n\t          44cd90 main.g+0x0 (/app)\n';
  expect(froms(await read(frames))).toEqual(['event', 'sample']);
  expect(froms(await read('\t          44cd80 runtime.copystack+0x0 (/app)\n'))).toEqual([null, 'sample']);
});

test('a trace with sizes comes before one with probes, whatever was opened first', async () => {
  const perf = (await opened(new TextEncoder().encode('# clockid: monotonic (1)\n# ========\n#\napp 7 [000] 0.1: probe_app:copystack: (44cd80) newsize=4096 lo=0x1000 hi=0x1800\n\n'))).trace!;
  const session = sessionOf([perf, goTraceFromText(DRAWING, {changes: '10us+5us G1 2K→4K'})]);
  expect(session.countable(session.axis.groups[0])).toEqual([{source: 2, by: 'trace'}, {source: 1, by: 'probes'}]);
});
