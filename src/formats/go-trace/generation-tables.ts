/** Strings and stacks of one generation as rows of the model, made when they are first asked for. */
import {PADDING} from '../../base/bytes/words.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import type {Generation, RawStack} from './generation.ts';

/**
 * Event stacks are cut at 128 frames less those of the tracer itself, CPU samples at 64, both on the side of the root: from here
 * on the outermost frame is not the root.
 */
const MAYBE_CUT_DEPTHS = [64, 124, 125, 126, 127, 128];

const GOEXIT = 'runtime.goexit';

export class GenerationTables {
  readonly #build: TraceBuilder;
  readonly #generation: Generation | null;
  readonly #strings = new Map<number, number>();
  readonly #stacks = new Map<number, number>();

  constructor(build: TraceBuilder, generation: Generation | null) {
    this.#build = build;
    this.#generation = generation;
  }

  /** Row of string `id`; -1 when the generation does not hold it (the file was cut). */
  string(id: number): number {
    let row = this.#strings.get(id);
    if (row === undefined) {
      const bytes = this.#generation?.strings.get(id);
      row = bytes ? this.#internBytes(bytes) : this.#missing(`string ${id}`);
      this.#strings.set(id, row);
    }
    return row;
  }

  /** Row of stack `id`; -1 for none (id 0), and when the generation does not hold it. */
  stack(id: number): number {
    if (id === 0) return -1;
    let row = this.#stacks.get(id);
    if (row === undefined) {
      const raw = this.#generation?.stacks.get(id);
      row = raw ? this.#internStack(raw) : this.#missing(`stack ${id}`);
      this.#stacks.set(id, row);
    }
    return row;
  }

  /** Row of the innermost function of stack `id`, -1 none. Of GoCreate's new stack that is the function the goroutine starts with. */
  leafFunction(id: number): number {
    const raw = this.#generation?.stacks.get(id);
    return raw && raw.functions.length > 0 ? this.string(raw.functions[0]) : -1;
  }

  /** Row of the outermost function of stack `id`, goexit left out; -1 when there is none or the stack may be cut. */
  rootFunction(id: number): number {
    const raw = this.#generation?.stacks.get(id);
    if (!raw || raw.functions.length === 0 || MAYBE_CUT_DEPTHS.includes(raw.functions.length)) return -1;
    const row = this.string(raw.functions.at(-1)!);
    const isExit = row === this.#build.string(GOEXIT);
    if (!isExit) return row;
    return raw.functions.length > 1 ? this.string(raw.functions.at(-2)!) : -1;
  }

  #internStack({functions, files, lines}: RawStack): number {
    let stack = -1;
    for (let i = functions.length - 1; i >= 0; i--) {
      stack = this.#build.stack(stack, this.#build.frame(this.string(functions[i]), -1, this.string(files[i]), lines[i]));
    }
    return stack;
  }

  #internBytes(bytes: Uint8Array): number {
    const padded = new Uint8Array(bytes.length + PADDING);
    padded.set(bytes);
    return this.#build.stringOf(new DataView(padded.buffer), 0, bytes.length);
  }

  #missing(what: string): number {
    const generation = this.#generation;
    this.#build.faults.report('skipped', 'go-trace/missing-id', () => ({
      message: `Events name ${what} of generation ${generation?.number}, which the file does not hold (tables stand at the end of a generation).`,
      ...(generation ? {at: {byte: generation.byte}} : {}),
    }));
    return -1;
  }
}
