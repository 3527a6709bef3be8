// Makes `fixtures/bad` out of the recordings: what a full disk, a crash or a bad copy leaves behind. Run by record.sh.
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';

const fixtures = new URL('../fixtures/', import.meta.url);
mkdirSync(new URL('bad/', fixtures), {recursive: true});

const read = (name) => readFileSync(new URL(`${name}.trace`, fixtures));
const write = (name, bytes) => writeFileSync(new URL(`bad/${name}.trace`, fixtures), bytes);

/** Every batch: where it, its size (10 bytes, as the runtime writes it) and its data begin, where it ends, generation, thread. */
function batches(bytes) {
  const found = [];
  let at = 16;
  const number = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, value));
    }
  };
  while (at < bytes.length) {
    const start = at;
    const type = bytes[at++];
    if (type === 52) continue;
    if (type === 49) at++;
    const [generation, m, , sizeAt, size] = [number(), number(), number(), at, number()];
    found.push({start, sizeAt, data: at, end: at + size, generation, m, timed: type === 1 && m !== -1});
    at += size;
  }
  return found;
}

/** The longest batch of events of the `i`-th generation. */
function longest(bytes, i) {
  const all = batches(bytes);
  const generation = [...new Set(all.map((batch) => batch.generation))][i];
  return all.filter((batch) => batch.timed && batch.generation === generation).sort((a, b) => b.end - b.data - (a.end - a.data))[0];
}

const middle = ({data, end}) => (data + end) >> 1;

for (const [name, of] of [['cut-go122', 'go122-generations'], ['cut-go125', 'go125-generations'], ['cut-go127', 'go127-cpu']]) {
  const bytes = read(of);
  write(name, bytes.subarray(0, middle(longest(bytes, 2))));
}

const size = read('go127-cpu');
size[longest(size, 2).sizeAt] ^= 0x10;
write('batch-size', size);

// The first event of a batch becomes a byte that is none: the batch cannot be read.
const unknown = read('go125-generations');
const {data} = longest(unknown, 2);
unknown[data] = 200;
write('unknown-event', unknown);

// One batch is not there at all: what other threads say of its goroutines does not fit.
const lost = read('go127-flight');
const gap = longest(lost, 3);
write('lost-batch', Buffer.concat([lost.subarray(0, gap.start), lost.subarray(gap.end)]));

// What a program that crashes leaves behind.
write('no-events', read('go127-cpu').subarray(0, 16));
