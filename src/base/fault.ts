/**
 * What a failure is, everywhere: bad input is a value that says where it stands, what was expected and what was found.
 * A bug of ours is an exception instead (see `assert`).
 */

/**
 * How much a fault costs the reader of the data.
 * `fatal`: nothing after it could be read. `skipped`: one unit (line, record, batch) is missing from the data.
 * `odd`: everything was kept, but something is not as it should be.
 */
export type Severity = 'fatal' | 'skipped' | 'odd';

/** Where in the file. `byte` and `column` count from 0, `line` from 1; `byte` is an offset into the opened (decompressed) bytes. */
export interface Place {
  readonly byte: number;
  readonly line?: number;
  readonly lengthBytes?: number;
}

/** One thing wrong with the input. `code` is `<format>/<what>` and what code switches on; `message` is a sentence for people. */
export interface Fault {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly at?: Place;
  /** The offending bytes as text, shortened. */
  readonly excerpt?: string;
}

/** All faults of one code: how many there were and the first twenty of them. `severity` is the worst seen. */
export interface FaultGroup {
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
  readonly first: readonly Fault[];
}

/** Either a value or the fault that stood in its way. */
export type Result<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly fault: Fault};

/** How many faults of one code are kept in full; the rest are only counted. */
const KEPT_PER_CODE = 20;

const RANK: Record<Severity, number> = {fatal: 2, skipped: 1, odd: 0};

/** Collects the faults of one source: counts each code, keeps the first twenty. */
export class FaultLog {
  readonly #groups = new Map<string, {code: string; severity: Severity; count: number; first: Fault[]}>();

  /**
   * Counts one fault. `detail` is called only while the code still keeps its faults, so that a file of a million bad lines
   * costs a million additions and twenty sentences.
   */
  report(severity: Severity, code: string, detail: () => Omit<Fault, 'severity' | 'code'>): void {
    let group = this.#groups.get(code);
    if (!group) {
      group = {code, severity, count: 0, first: []};
      this.#groups.set(code, group);
    }
    group.count++;
    if (RANK[severity] > RANK[group.severity]) group.severity = severity;
    if (group.first.length < KEPT_PER_CODE) group.first.push({severity, code, ...detail()});
  }

  /** Counts a fault that was made elsewhere. */
  add(fault: Fault): void {
    this.report(fault.severity, fault.code, () => fault);
  }

  /** Counts the faults of a part of the file that was read apart; `placed` gives each the place that it has in the whole. */
  append(groups: readonly FaultGroup[], placed: (fault: Fault) => Fault): void {
    for (const {code, severity, count, first} of groups) {
      let at = 0;
      const next = () => placed(first[at++]);
      // What is not kept there would not be kept here: each keeps as many.
      for (let i = 0; i < first.length; i++) this.report(first[i].severity, code, next);
      const group = this.#groups.get(code)!;
      group.count += count - first.length;
      if (RANK[severity] > RANK[group.severity]) group.severity = severity;
    }
  }

  /** True once a fatal fault was reported. */
  get broken(): boolean {
    return [...this.#groups.values()].some((group) => group.severity === 'fatal');
  }

  /** The groups so far, worst first, then by code. A copy: later faults do not change it. */
  groups(): FaultGroup[] {
    return [...this.#groups.values()]
      .map((group) => ({...group, first: [...group.first]}))
      .sort((a, b) => RANK[b.severity] - RANK[a.severity] || (a.code < b.code ? -1 : 1));
  }
}

/** Throws when one of our own invariants does not hold. Never for bad input. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`internal: ${what}`);
}
