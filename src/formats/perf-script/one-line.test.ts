/** Samples without a call chain: one frame on the header's own line. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {text} from '../../model/trace.ts';
import {splitRegisters, stacklessFrame} from './one-line.ts';

function read(line: string): string | null {
  const build = new TraceBuilder('perf-script');
  const row = stacklessFrame(line, build);
  if (row < 0) return null;
  const trace = build.finish();
  return `${text(trace, trace.frames.name[row])} in ${text(trace, trace.frames.dso[row])}`;
}

test.each([
  ['44cf6a runtime.getStackMap+0x1aa (/srv/app/app)', 'runtime.getStackMap in /srv/app/app'],
  ['44cf6a runtime.getStackMap (/srv/app/app)', 'runtime.getStackMap in /srv/app/app'],
  ['44cf6a runtime.getStackMap+0x1aa', 'runtime.getStackMap in null'],
  ['44cf6a operator+(A const&)+0x1f (/srv/app/app)', 'operator+(A const&) in /srv/app/app'],
  ['7f0000001000 [unknown] (/srv/lib.so)', 'null in /srv/lib.so'],
  ['7f0000001000 [unknown]', 'null in null'],
])('%s is a frame', (line, expected) => {
  expect(read(line)).toBe(expected);
});

test.each(['(4490a0) gp=0xc0', 'addr: 0x0, len: 0x1', 'prev_comm=a prev_pid=1', 'add me', 'face it', 'NR 9 = 140', ''])('%s is none', (line) => {
  expect(read(line)).toBe(null);
});

test('registers at the end of the line are parted from the frame, and only those', () => {
  expect(splitRegisters('44cf6a f+0x1 (/a) ABI:2    AX:0xef50    SP:0x7f31 ')).toEqual({text: '44cf6a f+0x1 (/a)', registers: true});
  expect(splitRegisters('ABI:2    AX:0x1')).toEqual({text: '', registers: true});
  expect(splitRegisters('44cf6a xABI:2 (/a)')).toEqual({text: '44cf6a xABI:2 (/a)', registers: false});
});
