/**
 * Samples of probes on functions of Go's runtime -> what they tell, as perf prints them:
 *
 *   app 7 [000] 2.5: probe_app:copystack: (44cd80) gp=0xc0000081c0 newsize=4096 lo=0xc000042000 hi=0xc000042800 gsp=0xc000042080 goid=17
 *
 * Which function it is says the event's name, else the function that the chain ends in, else what the values are.
 */
import {ArgumentKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {goidsOf} from './probe-goids.ts';
import {areOfCopystack, rolesOf, type ArgumentColumn} from './probe-roles.ts';
import {ProbeOn, probeRoles, type Probes, type ProbeRole} from './probe-shape.ts';

/** The name that the kernel gives the address of a probe. */
const PROBE_IP = '__probe_ip';
const NEW_SIZE = 'newsize';

const FUNCTIONS: Readonly<Record<string, ProbeOn>> = {
  morestack: ProbeOn.Morestack, morestack_noctxt: ProbeOn.Morestack, newstack: ProbeOn.Newstack, copystack: ProbeOn.Copystack, shrinkstack: ProbeOn.Shrinkstack,
  gopreempt_m: ProbeOn.Gopreempt, gopreempt: ProbeOn.Gopreempt, stackfree: ProbeOn.Stackfree, execute: ProbeOn.Execute,
};

/** The samples of one event that has probe arguments. */
interface EventRows {
  readonly samples: number[];
  readonly columns: Map<number, number[]>;
}

/** The probes in file order. Cost: linear in the arguments of samples. */
export function probes(trace: Trace): Probes {
  const ofEvent = new Uint8Array(trace.events.length);
  const found: {sample: number; on: ProbeOn; values: Partial<Record<ProbeRole, number>>}[] = [];
  for (const [event, {samples, columns: byKey}] of eventsWithProbes(trace)) {
    const all = [...byKey].map(([key, values]) => ({key: text(trace, key) ?? '', values}));
    const columns = all.filter(({key}) => key !== PROBE_IP);
    const on = (ofEvent[event] = functionOf(trace, event, samples, columns));
    if (on === ProbeOn.None) continue;
    const roles = rolesOf(on, columns, all.find(({key}) => key === PROBE_IP)?.values[0] ?? Number.NaN);
    samples.forEach((sample, i) => {
      const values: Partial<Record<ProbeRole, number>> = {};
      for (const role of probeRoles) if (roles[role]) values[role] = roles[role].values[i];
      found.push({sample, on, values});
    });
  }
  found.sort((a, b) => a.sample - b.sample);
  const column = (role: ProbeRole) => Float64Array.from(found, ({values}) => values[role] ?? Number.NaN);
  const on = Uint8Array.from(found, (row) => row.on);
  const gp = column('gp');
  return {
    length: found.length, ofEvent, on, gp,
    sample: Int32Array.from(found, ({sample}) => sample),
    goid: goidsOf(on, gp, column('goid')),
    newBytes: column('newBytes'), lo: column('lo'), hi: column('hi'), sp: column('sp'), caller: column('caller'), callerOfCaller: column('callerOfCaller'),
  };
}

/** Events of which a sample has the address of a probe, or a `newsize`. */
function eventsWithProbes(trace: Trace): Map<number, EventRows> {
  const {sampleArguments: args, samples} = trace;
  const events = new Map<number, EventRows>();
  const isProbe = new Uint8Array(trace.events.length);
  const marksProbe = new Map<number, boolean>();
  for (let i = 0; i < args.length; i++) {
    let marks = marksProbe.get(args.key[i]);
    if (marks === undefined) {
      const key = text(trace, args.key[i]);
      marksProbe.set(args.key[i], (marks = key === PROBE_IP || key === NEW_SIZE));
    }
    if (marks) isProbe[samples.event[args.row[i]]] = 1;
  }
  if (!isProbe.includes(1)) return events;
  for (let i = 0; i < args.length; i++) {
    const sample = args.row[i];
    const event = samples.event[sample];
    if (isProbe[event] === 0 || args.kind[i] === ArgumentKind.Text) continue;
    let rows = events.get(event);
    if (!rows) events.set(event, (rows = {samples: [], columns: new Map()}));
    if (rows.samples.at(-1) !== sample) rows.samples.push(sample);
    let values = rows.columns.get(args.key[i]);
    if (!values) rows.columns.set(args.key[i], (values = []));
    while (values.length < rows.samples.length - 1) values.push(Number.NaN);
    values[rows.samples.length - 1] = Number(args.bits[i]);
  }
  for (const {samples: of, columns} of events.values()) for (const values of columns.values()) while (values.length < of.length) values.push(Number.NaN);
  return events;
}

function functionOf(trace: Trace, event: number, samples: readonly number[], columns: readonly ArgumentColumn[]): ProbeOn {
  const byName = nameOf((text(trace, trace.events.name[event]) ?? '').replace(/^.*:/, '').replace(/^(?:runtime_|go_)/, '').replace(/_\d+$/, ''));
  // Many programs have a function that is called `execute`.
  if (byName !== ProbeOn.None && byName !== ProbeOn.Execute) return byName;
  const {stacks, frames} = trace;
  for (const sample of samples) {
    const stack = trace.samples.stack[sample];
    if (stack < 0) continue;
    const leaf = text(trace, frames.name[stacks.frame[stack]]);
    // An address without a name tells nothing.
    if (leaf === null) break;
    return leaf.startsWith('runtime.') ? nameOf(leaf.slice('runtime.'.length).replace(/\.abi0$/, '')) : ProbeOn.None;
  }
  if (columns.some(({key}) => key === NEW_SIZE) || areOfCopystack(columns)) return ProbeOn.Copystack;
  return byName === ProbeOn.Execute && rolesOf(byName, columns, Number.NaN).gp ? byName : ProbeOn.None;
}

function nameOf(name: string): ProbeOn {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : ProbeOn.None;
}
