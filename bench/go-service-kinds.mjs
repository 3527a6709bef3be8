/** What the goroutines of the made service are: where they start, how long they live, where they wait, how their stacks grow. */
import {below, often} from './random.mjs';

const K = 1024;
/** Where goroutines wait: Go's reason, and the function at the leaf. */
const channels = [['chan receive', 'runtime.chanrecv1'], ['select', 'runtime.selectgo'], ['chan send', 'runtime.chansend1']];
const network = [['network', 'internal/poll.(*FD).Read'], ['sync', 'sync.(*Mutex).Lock'], ['sleep', 'time.Sleep']];

/** `share` of all goroutines; `life` in turns beside the average; `sizes` are reached one after another in the first turns. */
function kind(start, calls, {share = 0, life = 1, sizes = [], waits = channels, syscalls = 0.05, task = null, shrinks = false} = {}) {
  return {
    start,
    /** Leaf first, as traces have them. */
    stack: [...calls.toReversed(), start],
    share, life, waits, syscalls, task, shrinks,
    ladder: () => [...sizes],
    /** The sizes that it grows to in this turn. */
    *grows(goroutine, random) {
      if (goroutine.steps.length > 0) {
        if (random() < 0.8) yield goroutine.steps.shift();
        // What the collector halved is needed again.
      } else if (shrinks && goroutine.size < 64 * K && random() < 0.5) yield goroutine.size * 2;
    },
  };
}

const ladder = (to) => [4, 8, 16, 32, 64, 128, 256].filter((size) => size <= to).map((size) => size * K);

const served = [
  // Churn: each climbs the same ladder and is gone soon after.
  kind('main.worker', ['main.handle', 'main.decode', 'main.(*decoder).value'], {share: 0.45, life: 0.4, sizes: ladder(32)}),
  kind('net/http.(*conn).serve', ['net/http.serverHandler.ServeHTTP', 'main.(*service).search'], {share: 0.14, life: 4, sizes: ladder(16), waits: network, syscalls: 0.5, task: 'request'}),
  // The collector halves their stacks, and they need them again.
  kind('main.(*evaluator).run', ['main.(*evaluator).eval', 'main.(*evaluator).eval', 'main.(*evaluator).eval'], {share: 0.03, life: 40, sizes: ladder(64), shrinks: true}),
  // One frame that needs all of it at once.
  kind('main.report.func1', ['main.render'], {share: 0.06, sizes: [64 * K]}),
  kind('database/sql.(*DB).connectionOpener', ['database/sql.(*DB).openNewConnection'], {share: 0.04, life: 3, sizes: ladder(8), waits: network}),
  kind('time.goFunc', ['main.expire'], {share: 0.1, life: 0.2}),
  ...['cart', 'search', 'orders', 'prices', 'stock', 'mail', 'audit', 'login'].flatMap((part) => [
    kind(`example.com/shop/${part}.(*Store).flush.func1`, [`example.com/shop/${part}.(*Store).write`], {share: 0.012, sizes: ladder(4), syscalls: 0.3}),
    kind(`example.com/shop/${part}.Watch.gowrap1`, [`example.com/shop/${part}.Watch`], {share: 0.012, life: 30}),
  ]),
];

export const kinds = {
  main: kind('main.main', ['main.(*service).accept'], {waits: network}),
  collector: kind('runtime.gcBgMarkWorker', [], {waits: [['system goroutine wait', 'runtime.gopark']]}),
  served,
  pick(random) {
    let left = random() * served.reduce((sum, {share}) => sum + share, 0);
    return served.find(({share}) => (left -= share) < 0) ?? served[0];
  },
};

/** Where a copy of a stack is at a sample, root first: perf's chains begin at morestack since Go 1.21. */
const copying = [
  ['runtime.memmove'], ['runtime.adjustframe', 'runtime.adjustpointers'], ['runtime.adjustframe', 'runtime.(*stkframe).getStackMap', 'runtime.pcvalue'],
  ['runtime.(*unwinder).next', 'runtime.pcvalue', 'runtime.step'], ['runtime.(*unwinder).next', 'runtime.findfunc'], [],
].map((leaf) => ['runtime.morestack.abi0', 'runtime.newstack', 'runtime.copystack', ...leaf]);

export function growthChain(random) {
  return copying[below(random, copying.length)];
}

/** Beginnings of chains by kind: calls that go on from its own. */
export function chainsOf(of, names, random, count) {
  const trunk = ['runtime.goexit.abi0', ...of.stack.toReversed()];
  const trunks = [trunk];
  return Array.from({length: count}, () => {
    const from = trunks[often(random, trunks.length)];
    const chain = from.slice(0, Math.max(trunk.length, below(random, from.length + 1)));
    const deeper = 1 + below(random, 8);
    for (let i = 0; i < deeper && chain.length < 26; i++) chain.push(names[often(random, names.length)]);
    trunks.push(chain);
    return chain;
  });
}
