/**
 * Stack sizes from the AllocFree experiment (GODEBUG=traceallocfree=1). Its events name a stack by its address, not by its
 * goroutine; whose it is follows from what comes together on one thread:
 *
 *   GoroutineStackAlloc new … copy … GoroutineStackFree old      growth of the goroutine that runs there, or the shrink
 *                                                                of another one (by the GC): the owner of `old`
 *   GoroutineStackAlloc new … GoCreate g                         first stack of g
 *   GoroutineStackFree old                                       given back
 *
 * A goroutine that ends on a stack of the size that goroutines start with leaves it to the next one, and no event tells of it: what a
 * goroutine owned when it ended is nobody's, till a growth shows whose it is.
 *
 * The order of an event is the bit length of the size: 12 is 2 KiB.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {StackChangeKind} from '../../model/tables.ts';

interface Allocated {
  readonly timeNs: number;
  readonly goroutine: number;
  readonly id: number;
  readonly sizeBytes: number;
}

/** Largest order that a stack can have: 2^49 bytes are beyond every address space. */
const MAX_ORDER = 50;

export class StackSizes {
  readonly #build: TraceBuilder;
  /** Size and owner of every stack that is known to be in use, by its number. */
  readonly #sizeBytes = new Map<number, number>();
  readonly #owner = new Map<number, number>();
  /** Last known size by goroutine row. */
  readonly #lastBytes = new Map<number, number>();
  /** An allocation that waits for what follows it, by thread row. */
  readonly #allocated = new Map<number, Allocated>();
  /** Goroutines of the garbage collector: they copy stacks of others. */
  readonly #collectors = new Set<number>();
  readonly #ended = new Set<number>();

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** GoroutineStack: a stack that was there when tracing began; whose it is, is not told. */
  present(id: number, order: number): void {
    this.#build.hasStackSizes = true;
    if (order > 0 && order <= MAX_ORDER) this.#sizeBytes.set(id, 2 ** (order - 1));
  }

  /** GoroutineStackAlloc. */
  alloc(timeNs: number, thread: number, goroutine: number, id: number, order: number, byte: number): void {
    this.#build.hasStackSizes = true;
    if (!(order > 0 && order <= MAX_ORDER)) {
      this.#fault('skipped', 'go-trace/stack-order', `A stack of order ${order}, which no stack can have`, byte);
      return;
    }
    const sizeBytes = 2 ** (order - 1);
    this.#sizeBytes.set(id, sizeBytes);
    this.#owner.delete(id);
    this.#allocated.set(thread, {timeNs, goroutine, id, sizeBytes});
  }

  /** GoCreate on a thread: a stack allocated there just before is the new goroutine's. */
  created(timeNs: number, thread: number, goroutine: number): void {
    const allocated = this.#allocated.get(thread);
    if (!allocated) return;
    this.#allocated.delete(thread);
    this.#owner.set(allocated.id, goroutine);
    this.#lastBytes.set(goroutine, allocated.sizeBytes);
    this.#change(timeNs, StackChangeKind.Initial, goroutine, thread, Number.NaN, allocated.sizeBytes, Number.NaN);
  }

  /** A goroutine that works for the garbage collector. */
  collector(goroutine: number): void {
    this.#collectors.add(goroutine);
  }

  /** GoDestroy. A stack larger than the first one is given back right after it. */
  ended(goroutine: number): void {
    this.#ended.add(goroutine);
  }

  /** GoroutineStackFree. */
  free(timeNs: number, thread: number, id: number, byte: number): void {
    this.#build.hasStackSizes = true;
    const oldBytes = this.#sizeBytes.get(id) ?? Number.NaN;
    const owner = this.#owner.get(id) ?? -1;
    this.#sizeBytes.delete(id);
    this.#owner.delete(id);
    const allocated = this.#allocated.get(thread);
    this.#allocated.delete(thread);
    if (!allocated) {
      this.#change(timeNs, StackChangeKind.Freed, owner, thread, oldBytes, Number.NaN, Number.NaN);
      return;
    }
    this.#copied(timeNs, thread, allocated, oldBytes, this.#ended.has(owner) ? -1 : owner, byte);
  }

  #copied(timeNs: number, thread: number, allocated: Allocated, oldBytes: number, owner: number, byte: number): void {
    const newBytes = allocated.sizeBytes;
    const durationNs = timeNs - allocated.timeNs;
    if (newBytes === oldBytes) {
      this.#fault('odd', 'go-trace/stack-sequence', `A stack of ${newBytes} bytes is replaced by one of the same size`, byte);
      return;
    }
    if (newBytes < oldBytes) {
      // Mostly the garbage collector's work on a goroutine that does not run: never the one on this thread unless it owns it.
      this.#own(allocated.id, owner, newBytes);
      this.#change(allocated.timeNs, StackChangeKind.Shrink, owner, thread, oldBytes, newBytes, durationNs);
      return;
    }
    let goroutine = allocated.goroutine;
    if (Number.isNaN(oldBytes)) {
      // The old stack's own event is missing (Go 1.23 drops some). Then only the goroutine's last size can tell growth from shrink.
      const lastBytes = this.#lastBytes.get(goroutine);
      if (lastBytes !== undefined && lastBytes >= newBytes) goroutine = -1;
      if (goroutine < 0 || this.#collectors.has(goroutine)) {
        this.#fault('skipped', 'go-trace/stack-unknown', `A stack of ${newBytes} bytes replaces one that no event told of: whose, and whether it grew, cannot be known`, byte);
        return;
      }
      this.#fault('odd', 'go-trace/stack-old-size', `A stack grows to ${newBytes} bytes from a size that no event told of (Go 1.23 drops some events)`, byte);
    } else if (owner >= 0 && owner !== goroutine) {
      this.#fault('odd', 'go-trace/stack-sequence', 'The stack that a goroutine grows out of was last seen as that of another one; the one that runs is taken', byte);
    }
    this.#own(allocated.id, goroutine, newBytes);
    this.#change(allocated.timeNs, StackChangeKind.Growth, goroutine, thread, oldBytes, newBytes, durationNs);
  }

  #own(id: number, goroutine: number, sizeBytes: number): void {
    if (goroutine < 0) return;
    this.#owner.set(id, goroutine);
    this.#lastBytes.set(goroutine, sizeBytes);
  }

  #change(timeNs: number, kind: StackChangeKind, goroutine: number, thread: number, oldBytes: number, newBytes: number, durationNs: number): void {
    const {stackChanges} = this.#build;
    const row = stackChanges.add();
    stackChanges.rows.timeNs[row] = timeNs;
    stackChanges.rows.kind[row] = kind;
    stackChanges.rows.goroutine[row] = goroutine;
    stackChanges.rows.thread[row] = thread;
    stackChanges.rows.oldBytes[row] = oldBytes;
    stackChanges.rows.newBytes[row] = newBytes;
    stackChanges.rows.durationNs[row] = durationNs;
  }

  #fault(severity: 'skipped' | 'odd', code: string, message: string, byte: number): void {
    this.#build.faults.report(severity, code, () => ({message: `${message}.`, at: {byte}}));
  }
}
