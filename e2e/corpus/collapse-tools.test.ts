/**
 * `morestack fold` against the collapse tools that people use: inferno-collapse-perf 0.12.8 on every perf text of the corpus, and the
 * stackcollapse that comes with perf. Both are left out, loudly, where they are not installed:
 * `cargo install inferno --version 0.12.8`, then `npx vitest run --project cli e2e/corpus/collapse-tools.test.ts` (INFERNO names another place).
 *
 * Where inferno differs the difference is a rule here: what it cannot read is rewritten for it, or what it makes of a name is made of
 * ours. With the rules every text is equal, line for line; and no rule is here that no text needs. docs/cli.md lists them.
 */
import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {fold} from '../../src/cli/fold.ts';
import {Output} from '../../src/cli/output.ts';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {text as textOf} from '../../src/model/trace.ts';
import {temporaryFile} from '../cli/morestack.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus} from './corpus.ts';

const inferno = process.env['INFERNO'] ?? 'inferno-collapse-perf';
const missing = (tool: string, args: readonly string[]) => {
  const ran = spawnSync(tool, args, {encoding: 'utf8'});
  if (!ran.error && ran.status === 0) return false;
  console.warn(`left out: no ${[tool, ...args].join(' ')}`);
  return true;
};

/** Stack -> weight. A stack is comm and frames, root first. */
type Folded = ReadonlyMap<string, number>;

interface Rule {
  /** Makes of a text what inferno can read. */
  readonly rewritten?: (text: string) => string;
  /** The name by which inferno knows an event then. */
  readonly event?: (name: string) => string;
  /** Makes of a stack what inferno prints of it: names, the comm first; null: it prints none. `head`: the first line of the text that says anything. */
  readonly printed?: (names: readonly string[], head: string) => readonly string[] | null;
}

/** A head with a time, and whether frames follow: `comm 12 [000] 1.5:`, `   250`, ` `, `cpu-clock`, what stands after it. */
interface Head {
  readonly start: string;
  readonly period: string;
  readonly gap: string;
  readonly event: string;
  readonly after: string;
  readonly hasFrames: boolean;
}

function withHeads(text: string, printed: (head: Head) => string): string {
  return text.replace(/^(?![\t#])(.*?\s\d+\.\d+:)(\s+\d+)?(\s+)(\S+):(?: +(.*))?\n(?=(\t)?)/gm, (_, start: string, period = '', gap: string, event: string, after = '', tab?: string) =>
    `${printed({start, period, gap, event, after, hasFrames: tab !== undefined})}\n`);
}

const plain = ({start, period, gap, event, after}: Head) => `${start}${period}${gap}${event}: ${after}`;
/** Texts as most people make them. */
const ORDINARY = ['01-go-default', '01-go-header', '01-go-period', '01-go-ns-pid', '01-go-srcline', '02-go-stripped', '03-go-monotonic-ns', '42-go125-fp'].map((name) => `${name}.txt.gz`);

const ONE_FRAME = /^[0-9a-f]+ .*\)$/;

const RULES: Readonly<Record<string, Rule>> = {
  'it needs a head with a thread and an event': {
    rewritten: (text) => text.replace(/^([^\s#]\S*) \n(?=\t)/gm, '$1 1 1.0: e: \n').replace(/(^|\n\n)\n?(?=\t)/g, '$1none 1 1.0: e: \n'),
    printed: (names, head) => (head.startsWith('\t') ? ['none', ...names] : names),
  },
  'it takes records that are no samples for heads': {
    rewritten: (text) => text.replace(/^.*PERF_RECORD_.*\n(?:\t\t[ [].*\n)*/gm, ''),
  },
  'it takes what stands after the frames for a frame, or for a head': {
    rewritten: (text) => text.replace(/(?:^ ilen:.*|^ +[0-9a-f]+ N\/A .*| +ABI:\d .*)$/gm, ''),
  },
  'it takes what stands after the event for a frame': {
    rewritten: (text) => withHeads(text, (head) => plain(head.hasFrames || !ONE_FRAME.test(head.after) ? {...head, after: ''} : head)),
  },
  'it does not see the period of an event that is printed with spaces before it': {
    rewritten: (text) => withHeads(text, (head) => plain({...head, gap: ' '})),
  },
  'it ends the name of an event at the first colon': {
    rewritten: (text) => withHeads(text, (head) => plain({...head, event: head.event.replaceAll(':', '.')})),
    event: (name) => name.replaceAll(':', '.'),
  },
  'of samples of a line each it reads those before the first one of another event': {
    rewritten: (text) => withHeads(text, (head) => (head.hasFrames ? plain(head) : `${plain(head)}\n`)),
  },
  'it takes nothing for a frame that has no object file': {
    rewritten: (text) => text.replace(/^\t *[0-9a-f]+ (?:(?!\)$| \(inlined\)$).)*$/gm, '$& ([unknown])'),
  },
  'it takes a head without comm for one with an empty one': {
    printed: (names, head) => (/^ *\d+ +\d/.test(head) ? ['', ...names] : names),
  },
  'a comm ends for it before the first word of digits': {
    printed: ([comm, ...frames], head) => [comm.replace(/^(.+?)_\d+(?:\/\d+)?(?:_.*)?$/, '$1').replace(head.startsWith(' ') ? /^\d+$/ : '', ''), ...frames],
  },
  'it leaves out frames that begin with a parenthesis': {
    printed: ([comm, ...frames]) => [comm, ...frames.filter((frame) => !frame.startsWith('('))],
  },
  'it takes -> for the way in which Java tells inlined calls': {
    printed: ([comm, ...frames]) => [comm, ...frames.flatMap((frame) => frame.split('->').map((part, i) => (i === 0 ? part : `${part}_[i]`)))],
  },
  'it takes arguments off names, and operator() for some': {
    printed: ([comm, ...frames]) => [comm, ...frames.map(withoutArguments)],
  },
  'it does not know the callers that a probe restored': {
    printed: (names) => names.filter((name) => !name.endsWith('_[restored]')),
  },
  'it prints no stack where there is none': {
    printed: (names) => (names.length > 1 ? names : null),
  },
};

/** As inferno finds them: the first parenthesis that is in no other, and neither Go's `.(` nor an anonymous namespace. */
function withoutArguments(name: string): string {
  let depth = 0;
  for (let i = 0; i < name.length; i++) {
    if (name[i] === '(' && depth === 0 && name[i - 1] !== '.' && !name.startsWith('(anonymous namespace)', i)) return name.slice(0, i);
    if ('<{[('.includes(name[i])) depth++;
    else if ('>}])'.includes(name[i])) depth--;
  }
  return name;
}

function folded(lines: string, printed: (names: readonly string[]) => readonly string[] | null): Folded {
  const sums = new Map<string, number>();
  for (const line of lines.split('\n').slice(0, -1)) {
    const at = line.lastIndexOf(' ');
    const names = printed(line.slice(0, at).split(';'));
    if (!names) continue;
    const stack = names.join(';');
    sums.set(stack, (sums.get(stack) ?? 0) + Number(line.slice(at + 1)));
  }
  return sums;
}

interface Compared {
  readonly text: string;
  /** What we print of each of its events. */
  readonly ours: ReadonlyMap<string, string>;
}

/** Takes lines in place of standard output. */
class Lines extends Output {
  text = '';

  override line(text: string): undefined {
    this.text += `${text}\n`;
  }
}

const printed = new Lines();

/** What `morestack fold` prints. */
async function foldedBy(...args: readonly string[]): Promise<string> {
  printed.text = '';
  await fold.run(args, printed);
  return printed.text;
}

async function compared(path: string): Promise<Compared> {
  const opened = await openFile(memorySource(path, readFileSync(corpusPath(path))), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  const {trace} = opened;
  const events = new Set(Array.from(trace.samples.event, (event) => textOf(trace, trace.events.name[event]) ?? ''));
  const ours = new Map<string, string>();
  for (const event of events) ours.set(event, await foldedBy('--weight', 'period', '--event', event, corpusPath(path)));
  return {text: corpusText(path), ours};
}

/** Events of a text of which inferno does not say what we say, under these rules, with the first stack that differs. */
function different({text, ours}: Compared, rules: readonly Rule[]): string[] {
  const file = temporaryFile('perf.txt', rules.reduce((of, {rewritten}) => rewritten?.(of) ?? of, text));
  const head = /^[^#\n].*$/m.exec(text)?.[0] ?? '';
  const found: string[] = [];
  for (const [event, lines] of ours) {
    const {stdout} = spawnSync(inferno, ['-q', '-n', '1', ...(ours.size === 1 ? [] : ['--event-filter', rules.reduce((name, rule) => rule.event?.(name) ?? name, event)]), file], {encoding: 'utf8', maxBuffer: 1 << 28});
    const mine = folded(lines, (names) => rules.reduce<readonly string[] | null>((of, {printed}) => (of && printed ? printed(of, head) : of), names));
    const stack = difference(mine, folded(stdout, (names) => names));
    if (stack) found.push(`${event}: ${stack}`);
  }
  return found;
}

/** The first stack that does not weigh the same in both; null: there is none. */
function difference(mine: Folded, theirs: Folded): string | null {
  for (const stack of new Set([...mine.keys(), ...theirs.keys()])) if (mine.get(stack) !== theirs.get(stack)) return `${mine.get(stack)} here, ${theirs.get(stack)} there: ${stack}`;
  return null;
}

describeCorpus('inferno-collapse-perf', () => {
  const isMissing = missing(inferno, ['--help']);
  const named = Object.keys(JSON.parse(corpusText('perf/expected-text.json')) as Record<string, unknown>);
  const paths = [...new Set([...named, ...corpusFiles('perf/text').map((name) => `perf/text/${name}`)])];
  const all = Object.values(RULES);

  test.skipIf(isMissing).each(paths)('%s: the same stacks with the same weights, save what the rules say', async (path) => {
    expect(different(await compared(path), all)).toEqual([]);
  });

  test.skipIf(isMissing)('each rule is needed by a text', async () => {
    const texts: Compared[] = [];
    for (const path of paths) texts.push(await compared(path));
    const idle = Object.entries(RULES).filter(([, rule]) => {
      const others = all.filter((other) => other !== rule);
      return !texts.some((each) => different(each, others).length > 0);
    });
    expect(idle.map(([name]) => name)).toEqual([]);
  });

  test.skipIf(isMissing).each(ORDINARY)('%s: the same without a rule', async (name) => {
    expect(different(await compared(`perf/text/${name}`), [])).toEqual([]);
  });
});

describeCorpus('the stackcollapse of perf', () => {
  const isMissing = missing('perf', ['script', 'report', 'stackcollapse', '-i', corpusPath('perf/04-threads-fp.data')]);
  const recordings = ['01-go-fp', '02-go-stripped-fp', '03-go-monotonic', '04-threads-fp', '07-cpp-fp', '14-zstd', '16-pipe', '42-go125-fp'];

  // It has no names of object files, and prints [unknown] where we print [libc.so.6].
  test.skipIf(isMissing).each(recordings)('%s: the same stacks in the same number, made of the text that this perf prints', async (name) => {
    const data = corpusPath(`perf/${name}.data`);
    const theirs = spawnSync('perf', ['script', 'report', 'stackcollapse', '-i', data], {encoding: 'utf8', maxBuffer: 1 << 28}).stdout;
    const text = spawnSync('perf', ['script', '-i', data, '--no-inline', '-F', 'comm,tid,time,event,ip,sym'], {encoding: 'utf8', maxBuffer: 1 << 28}).stdout;
    const ours = await foldedBy(temporaryFile('perf.txt', text));
    const same = (names: readonly string[]) => names;
    expect(difference(folded(ours, same), folded(theirs, same))).toBe(null);
    expect(folded(theirs, same).size).toBeGreaterThan(1);
  });
});
