/** `morestack inspect FILE…`: what each file holds. */
import type {FaultGroup} from '../base/fault.ts';
import type {RecordedSource, SessionSymbols} from '../derive/derivation.ts';
import {session} from '../derive/session.ts';
import {openFile} from '../formats/open.ts';
import {StackChangeKind} from '../model/tables.ts';
import {absoluteNs, sampleCount, text, type Clock, type Trace} from '../model/trace.ts';
import {readArguments, type Command} from './command.ts';
import {binariesFirst, distinctFiles, fileSource} from './files.ts';
import {grouped} from './grouped.ts';
import {readableSymbols, readableWanted, symbolsInspection, wantedJson, type SymbolsInspection} from './inspect-symbols.ts';
import {json, type Json} from './json.ts';

/** What `--json` prints of a capture, or of a file that could not be read. What the file cannot tell is null. */
interface Inspection {
  readonly [key: string]: Json;
  readonly name: string;
  readonly format: string | null;
  readonly version: string | null;
  readonly bytes: number;
  readonly clock: string | null;
  readonly processes: number | null;
  readonly threads: number | null;
  readonly goroutines: number | null;
  readonly samples: {readonly [event: string]: number};
  readonly growths: number | null;
  readonly shrinks: number | null;
  readonly startNs: bigint | null;
  readonly endNs: bigint | null;
  /** What the header says of the recording; empty where there is none. */
  readonly header: {readonly [words: string]: string};
  /** Object files whose build id is known. */
  readonly buildIds: number | null;
  /** What the file holds beside, counted. */
  readonly notKept: {readonly [what: string]: number};
  /** Object files that it has addresses without names of. */
  readonly binaries: readonly Json[];
  readonly faults: readonly Json[];
}

export const inspect: Command = {
  name: 'inspect',
  usage: 'inspect FILE… [--json]',
  summary: 'format, version, clock, counts, time range and faults of each file; of a binary its build id; of a capture the binaries it wants',
  async run(args, output) {
    const {files, values} = readArguments(args, {json: {type: 'boolean'}}, {least: 1});
    const inspected = await inspectFiles(distinctFiles(files));
    if (values.json) await output.line(`[${inspected.map(({inspection}) => json(inspection)).join(',\n ')}]`);
    else await output.write(inspected.map(({lines}) => lines).join('\n'));
    return inspected.map(({inspection}) => inspection).some(({faults}) => faults.some((fault) => (fault as {severity: string}).severity === 'fatal')) ? 1 : 0;
  },
};

interface Inspected {
  readonly inspection: Inspection | SymbolsInspection;
  readonly lines: string;
}

/** Binaries and captures are looked at together, in whatever order they are given. */
async function inspectFiles(files: readonly string[]): Promise<Inspected[]> {
  const sources: RecordedSource[] = [];
  const symbols: SessionSymbols[] = [];
  const made: ((open: ReturnType<typeof session>) => Inspected)[] = [];
  for (const id of await binariesFirst(files)) {
    const file = files[id];
    const source = fileSource(file);
    const bytes = source.sizeBytes ?? 0;
    const opened = await openFile(source, {breathe: () => Promise.resolve()}, async () => symbols);
    switch (opened.is) {
      case 'capture':
        sources.push({id, name: file, trace: opened.trace});
        made[id] = (open) => {
          const dsos = open.dsos(open.openSource(id));
          const of = inspection(file, bytes, opened.trace, dsos.map(wantedJson));
          return {inspection: of, lines: readable(of, readableWanted(dsos))};
        };
        break;
      case 'symbols': {
        symbols.push({id, name: file, symbols: opened.symbols});
        const of = symbolsInspection(file, bytes, opened.symbols);
        made[id] = () => ({inspection: of, lines: readableSymbols(of)});
        break;
      }
      case 'unreadable': {
        const of = {
          name: file, format: null, version: null, bytes, clock: null, processes: null, threads: null, goroutines: null,
          samples: {}, growths: null, shrinks: null, startNs: null, endNs: null, header: {}, buildIds: null, notKept: {}, binaries: [], faults: opened.faults.map(faultJson),
        };
        made[id] = () => ({inspection: of, lines: readable(of, [])});
      }
    }
  }
  const inOrder = <T extends {readonly id: number}>(opened: readonly T[]) => [...opened].sort((a, b) => a.id - b.id);
  const open = session(inOrder(sources), new Map(), inOrder(symbols));
  return made.map((make) => make(open));
}

function inspection(name: string, bytes: number, trace: Trace, binaries: readonly Json[]): Inspection {
  const {samples, stackChanges, threads, processes, goroutines} = trace;
  const counts = new Float64Array(trace.events.length);
  for (let i = 0; i < samples.length; i++) counts[samples.event[i]] += sampleCount(trace, i);
  const byEvent: Record<string, number> = {};
  for (const [event, count] of counts.entries()) if (count > 0) byEvent[text(trace, trace.events.name[event]) ?? ''] = count;
  const changes = (kind: number) => (trace.hasStackSizes ? stackChanges.kind.reduce((count, value) => count + (value === kind ? 1 : 0), 0) : null);
  const pids = new Set(processes.pid.filter((pid) => pid !== -1));
  const timed = !Number.isNaN(trace.startNs);
  return {
    name,
    format: trace.format,
    version: trace.version,
    bytes,
    clock: clockName(trace.clock),
    processes: pids.size > 0 ? pids.size : null,
    threads: threads.length > 0 ? new Set(threads.tid).size : null,
    goroutines: goroutines.length > 0 ? goroutines.length : null,
    samples: byEvent,
    growths: changes(StackChangeKind.Growth),
    shrinks: changes(StackChangeKind.Shrink),
    startNs: timed ? absoluteNs(trace, trace.startNs) : null,
    endNs: timed ? absoluteNs(trace, trace.endNs) : null,
    header: trace.headers,
    buildIds: trace.buildIds.length > 0 ? trace.buildIds.length : null,
    notKept: Object.fromEntries(trace.notKept.map(({what, count}) => [what, count])),
    binaries,
    faults: trace.faults.map(faultJson),
  };
}

/** A clock in one word: its name, `perf-default`, `not-stated`, or null without times. */
function clockName(clock: Clock): string | null {
  switch (clock.known) {
    case 'stated': return clock.name;
    case 'default': return 'perf-default';
    case 'not-stated': return 'not-stated';
    case 'none': return null;
  }
}

function faultJson({code, severity, count, first}: FaultGroup): Json {
  const {at, message} = first[0];
  const place: {[key: string]: Json} = at ? (at.line === undefined ? {byte: at.byte} : {line: at.line, byte: at.byte}) : {};
  return {code, severity, count, first: {...place, message}};
}

/** How and where it was recorded, as far as the header tells. The host's name stays out: this is what people paste into reports. */
function recorded(header: Inspection['header']): string[] {
  const cpus = header['nrcpus online'];
  const machine = [header['arch'], cpus === undefined ? undefined : `${cpus} CPUs`, header['cpudesc'], header['os release']].filter((part) => part !== undefined && part !== '');
  const command = header['cmdline'];
  return [...(command === undefined ? [] : [`  recorded    ${command}`]), ...(machine.length > 0 ? [`  machine     ${machine.join(', ')}`] : [])];
}

function readable(of: Inspection, wanted: readonly string[]): string {
  const number = (value: number | null) => (value === null ? 'not known' : grouped(value));
  const lines = [
    of.name,
    `  format      ${of.format ?? 'not known'}${of.version ? ` ${of.version}` : ''}, ${number(of.bytes)} bytes`,
  ];
  if (of.format) {
    const range = of.startNs !== null && of.endNs !== null ? `${of.startNs} … ${of.endNs} ns (${((Number(of.endNs - of.startNs)) / 1e6).toFixed(3)} ms)` : 'no times';
    lines.push(
      `  clock       ${of.clock ?? 'none'}`,
      `  time        ${range}`,
      `  processes   ${number(of.processes)}, threads ${number(of.threads)}, goroutines ${number(of.goroutines)}`,
      ...Object.entries(of.samples).map(([event, count]) => `  samples     ${number(count)} ${event}`),
      `  growths     ${number(of.growths)}, shrinks ${number(of.shrinks)}`,
      ...recorded(of.header),
      ...(of.buildIds === null ? [] : [`  build ids   of ${number(of.buildIds)} object files`]),
      ...Object.entries(of.notKept).map(([what, count]) => `  not kept    ${number(count)} ${what}`),
      ...wanted,
    );
  }
  for (const fault of of.faults as readonly {severity: string; code: string; count: number; first: {message: string; line?: number; byte?: number}}[]) {
    const place = fault.first.line !== undefined ? ` (line ${fault.first.line})` : fault.first.byte !== undefined ? ` (byte ${fault.first.byte})` : '';
    lines.push(`  ${fault.severity.padEnd(11)} ${number(fault.count)} × ${fault.code}${place}: ${fault.first.message}`);
  }
  return `${lines.join('\n')}\n`;
}
