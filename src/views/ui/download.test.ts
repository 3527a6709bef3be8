/** Names of saved files: whatever a source is called, a name that a file system takes. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {fileName} from './download.ts';

test.each([
  [['perf.txt.gz', 'Flame graph', 'CPU time'], 'svg', 'perf-flame-graph-cpu-time.svg'],
  [['perf.txt', '火焰图', ''], 'png', 'perf-火焰图.png'],
  [['', 'Functions'], 'csv', 'functions.csv'],
  [['../../etc/passwd', 'a:b'], 'pb.gz', 'etc-passwd-a-b.pb.gz'],
] as const)('%j as %s is %s', (parts, extension, name) => {
  expect(fileName(parts, extension)).toBe(name);
});

test('no name holds what a path or a shell would take for something else', () => {
  fc.assert(fc.property(fc.array(fc.string({unit: 'binary'})), (parts) => {
    expect(fileName(parts, 'csv')).toMatch(/^(?!\.)[\p{L}\p{N}.-]*\.csv$/u);
  }));
});
