/** Files on disk: which are read first. */
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {gzipped} from '../testing/bytes.ts';
import {elfBytes} from '../testing/elf-wire.ts';
import {binariesFirst} from './files.ts';

test('binaries come first, packed or not, and else the order is as given', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'morestack-files-'));
  try {
    const capture = 'app 7/7 [000] 5.000001: 1 cycles: \n\t          401000 main.run+0x10 (/srv/app/app)\n\n'.repeat(2000);
    const binary = elfBytes({symbols: [{name: 'main', address: 0x401000, sizeBytes: 8}]});
    const files: [string, string | Uint8Array][] = [
      ['perf.txt', capture], ['perf.txt.gz', await gzipped(capture)], ['app.gz', await gzipped(binary)], ['none', ''], ['app', binary], ['perf-7.map.gz', await gzipped('7f00 40 jit\n')],
    ];
    for (const [name, content] of files) writeFileSync(join(folder, name), content);
    const order = await binariesFirst(files.map(([name]) => join(folder, name)));
    expect(order.map((i) => files[i][0])).toEqual(['app.gz', 'app', 'perf-7.map.gz', 'perf.txt', 'perf.txt.gz', 'none']);
  } finally {
    rmSync(folder, {recursive: true});
  }
});
