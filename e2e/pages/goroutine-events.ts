/**
 * What a card must say of a goroutine at a time, from the lines of `morestack events` alone: one transition after the other. It knows the
 * words of Go's tool and nothing of the engine.
 */
import {Figures} from '../../src/base/figures.ts';
import {shortName} from '../../src/base/short-name.ts';
import {goroutineLines, inspections, morestackLines, morestackText, type GrowthLine} from './captures.ts';

const figures = new Figures('en');

interface Transition {
  readonly timeNs: number;
  readonly to: string;
  readonly reason: string;
  /** M and P of the event, the goroutine that ran there; -1: none. */
  readonly m: number;
  readonly p: number;
  readonly by: number;
  readonly from: string;
}

/** What stands on the card of its state and of how it came to run; '' for a part that it must not have. */
export interface ExpectedCard {
  readonly state: string;
  readonly note: string;
  readonly wake: string;
  readonly waited: string;
  /** Size of the stack; null: no change of it is on record, and that it was given at birth is in no line. */
  readonly stack: string | null;
  /** Not born yet, or ended. */
  readonly life: string;
}

const LINE = /^M=(-?\d+) P=(-?\d+) G=(-?\d+) StateTransition Time=(\d+) GoID=(\d+) (\w+)->(\w+) Reason="(.*)"$/;

/** The goroutines of a session of which the trace is the last file. */
export class GoroutineEvents {
  readonly #transitions = new Map<number, Transition[]>();
  readonly #startFunctions: ReadonlyMap<number, string | null>;
  readonly #growths: readonly GrowthLine[];
  readonly #endNs: number;
  /** Where the axis begins, on the trace's clock. */
  readonly axisNs: number;

  constructor(files: readonly string[]) {
    for (const line of morestackText('events', files.at(-1)!).split('\n')) {
      const found = LINE.exec(line);
      if (!found) continue;
      const [m, p, by, timeNs, id] = found.slice(1, 6).map(Number);
      const [, , , , , , from, to, reason] = found;
      const own = this.#transitions.get(id) ?? [];
      this.#transitions.set(id, own);
      // A new generation tells the state of each goroutine anew: nothing happens there.
      if (from !== to) own.push({timeNs, from, to, reason, m, p, by});
    }
    const ends = inspections(...files);
    this.axisNs = Math.min(...ends.map(({startNs}) => startNs));
    this.#endNs = ends.at(-1)!.endNs;
    this.#startFunctions = new Map(goroutineLines(...files).map(({id, startFunction}) => [id, startFunction]));
    this.#growths = morestackLines<GrowthLine>('growth', '--source', 'trace', ...files);
  }

  /** Goroutines that came to run at least so often, by number. */
  busy(runs: number): number[] {
    return [...this.#transitions].filter(([, own]) => own.filter(({to}) => to === 'Running').length >= runs).map(([id]) => id).toSorted((a, b) => a - b);
  }

  /** `timeNs`: on the axis. */
  card(id: number, timeNs: number): ExpectedCard {
    const atNs = timeNs + this.axisNs;
    const own = this.#transitions.get(id)!;
    const at = own.findLastIndex((each) => each.timeNs <= atNs);
    const without = {state: '', note: '', wake: '', waited: '', stack: ''};
    if (at < 0) return {...without, life: own[0].from === 'NotExist' ? 'not born yet' : ''};
    const now = own[at];
    if (now.to === 'NotExist') return {...without, life: 'has ended'};
    const untilNs = own[at + 1]?.timeNs ?? this.#endNs;
    const isCut = at + 1 === own.length || now.from === 'Undetermined';
    const moment = (ns: number) => figures.moment(ns - this.axisNs);
    const facts = [
      now.reason === '' ? '' : `reason: ${now.reason}`,
      now.to === 'Running' ? `on M ${now.m}, P ${now.p}` : now.to === 'Syscall' ? `on M ${now.m}` : '',
    ];
    return {
      life: '',
      state: `${now.to} · ${isCut ? '≥ ' : ''}${figures.duration(untilNs - now.timeNs)} (${moment(now.timeNs)} – ${moment(untilNs)})`,
      note: facts.filter((fact) => fact !== '').join(' · '),
      stack: this.#stack(id, atNs),
      ...this.#wake(own, at, moment),
    };
  }

  /** How it came to the run that it is in, waits for, or will have next. */
  #wake(own: readonly Transition[], at: number, moment: (ns: number) => string): Pick<ExpectedCard, 'wake' | 'waited'> {
    let ready = at;
    const isOnThread = ({to}: Transition) => to === 'Running' || to === 'Syscall';
    if (own[at].to === 'Waiting') while (ready < own.length && own[ready].to === 'Waiting') ready++;
    else while (ready >= 0 && isOnThread(own[ready])) ready--;
    const woken = own[ready];
    if (woken?.to !== 'Runnable' || woken.from === 'Undetermined') return {wake: '', waited: ''};
    const when = moment(woken.timeNs);
    const by = woken.by < 0 ? null : `G${woken.by} ${this.#called(woken.by)} at ${when}`;
    const unblocked = by ? `unblocked by ${by}` : `unblocked at ${when}, by no goroutine: a timer, the network or the scheduler`;
    const wakes: Readonly<Record<string, string>> = {
      NotExist: `created by ${by}`, Waiting: unblocked, Syscall: `came out of a system call without a proc at ${when}`, Running: `taken off its proc at ${when}`,
    };
    const ran = own.slice(ready).find(isOnThread);
    return {wake: wakes[woken.from], waited: ran ? `then waited ${figures.duration(ran.timeNs - woken.timeNs)} to run` : 'then did not run before the recording ended'};
  }

  #called(id: number): string {
    const name = this.#startFunctions.get(id) ?? null;
    return name === null ? 'start function not known' : shortName(name);
  }

  /** Size that the stack had, by the changes before and after. */
  #stack(id: number, atNs: number): string | null {
    const own = this.#growths.filter(({goroutine}) => goroutine === id);
    const before = own.findLast(({timeNs}) => timeNs <= atNs);
    const bytes = before ? before.newBytes : own[0]?.oldBytes;
    return bytes === null || bytes === undefined ? null : `stack ${figures.bytes(bytes)}`;
  }
}
