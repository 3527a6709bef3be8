/** Bytes of the stack in use, on the lane of the goroutine. */
import {expect, test} from 'vitest';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {USED_STEPS} from './shape.ts';
import {paintUsed} from './used.ts';

const CLOCK = '# clockid: monotonic (1)\n# ========\n#\n';
const copy = (us: number, newsize: number, lo: string, hi: string, sp: string) => `app 7 [000] 0.${String(us).padStart(6, '0')}: p:copystack: (44b9e0) gp=0xc000000100 newsize=${newsize} lo=0x${lo} hi=0x${hi} gsp=0x${sp} goid=1 ABI:2    SP:0x${sp}    R14:0xc00000ff00\n`;
const sample = (us: number, sp: string) => `app 7 [000] 0.${String(us).padStart(6, '0')}: 1003009 cpu-clock:  401000 main.work+0x10 (/app) ABI:2    SP:0x${sp}    R14:0xc000000100\n`;
const recording = async () => (await opened(new TextEncoder().encode(CLOCK + sample(2, 'c000100400') + copy(4, 4096, 'c000100000', 'c000100800', 'c000100100') + sample(6, 'c000200800') + copy(8, 8192, 'c000200000', 'c000201000', 'c000200100')))).trace!;

/** Bytes by pixel, a microsecond each. */
function bytesOf(session: ReturnType<typeof sessionOf>, source: number, changesNs: readonly number[]): number[] {
  const plane = new Uint8Array(10);
  const from = session.openSource(source);
  const startNs = from.trace.startNs + (session.axis.shiftsNs.get(source) ?? 0);
  paintUsed(session, from, 0, Float64Array.from(changesNs, (us) => us * 1000), {fromNs: startNs - (source === 1 && session.sources.length === 1 ? 2000 : 0), toNs: startNs - (source === 1 && session.sources.length === 1 ? 2000 : 0) + 10_000, widthPx: 10}, plane);
  return Array.from(plane, (value) => (value === 0 ? 0 : Math.round(2 ** (value / USED_STEPS))));
}

test('what is in use holds till the next sample that tells it, or till the stack changes', async () => {
  const session = sessionOf([await recording()]);
  expect(bytesOf(session, 1, [2, 6])).toEqual([0, 0, 1024, 1024, 1722, 0, 2048, 2048, 3756, 0]);
});

test('it stands on the lane of the trace’s goroutine where one is open', async () => {
  const goTrace = goTraceFromText('              0us     10us\nG1 main.main  run M7  wait');
  const session = sessionOf([goTrace, await recording()]);
  expect(bytesOf(session, 1, []).filter((bytes) => bytes > 0)[0]).toBe(1024);
});
