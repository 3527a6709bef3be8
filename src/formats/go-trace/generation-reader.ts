/**
 * Batches -> generations: a generation is the batches up to its end or to the first one of another generation. In strict manner what
 * is wrong ends the reading; else it is told, and what there is of the generation is kept.
 */
import type {BatchRead, BatchReader, BrokenPlace} from './batches.ts';
import {Generation} from './generation.ts';
import type {EventProblem} from './problem.ts';

export class GenerationReader {
  readonly #batches: BatchReader;
  readonly #version: number;
  readonly #strict: boolean;
  readonly #onProblem: (problem: EventProblem) => void;
  #spilled: Exclude<BatchRead, {kind: 'end'}> | null = null;
  /** The file was found to end too early, and that was told. */
  #cut = false;

  constructor(batches: BatchReader, version: number, strict: boolean, onProblem: (problem: EventProblem) => void) {
    this.#batches = batches;
    this.#version = version;
    this.#strict = strict;
    this.#onProblem = onProblem;
  }

  /** Offset in the file of what comes next. */
  get byte(): number {
    return this.#batches.byte;
  }

  /** Collects the batches of the next generation. `problem`: why it ends before its end, or why there is none. */
  async next(): Promise<{generation: Generation | null; problem: EventProblem | null}> {
    let generation: Generation | null = null;
    let problem: EventProblem | null = null;
    for (;;) {
      let read: BatchRead = this.#spilled ?? (await this.#batches.next());
      this.#spilled = null;
      if (read.kind === 'broken') {
        const told = this.#brokenPlace(read);
        if (this.#strict) {
          problem = told;
          break;
        }
        this.#onProblem(told);
        if (!read.part) continue;
        read = read.part;
      }
      if (read.kind === 'end') {
        if (generation && this.#version >= 26 && !this.#cut) {
          problem = {code: 'go-trace/no-end-of-generation', severity: 'fatal', message: `The file ends inside generation ${generation.number}: it was cut, and what came after is missing`, byte: this.#batches.byte};
        }
        break;
      }
      if (read.kind === 'end-of-generation') {
        if (generation) break;
        continue;
      }
      if (read.generation <= 0) {
        problem = {code: 'go-trace/broken', severity: 'fatal', message: `A batch of generation ${read.generation}, which does not exist`, byte: read.byte};
        break;
      }
      generation ??= new Generation(read, this.#version);
      if (read.generation === generation.number) {
        generation.add(read);
        continue;
      }
      this.#spilled = read;
      const next = read.generation === generation.number + 1;
      if (this.#version >= 26) problem = {code: 'go-trace/no-end-of-generation', severity: 'skipped', message: `Generation ${generation.number} has no end, generation ${read.generation} follows`, byte: read.byte};
      else if (!next) problem = {code: 'go-trace/generation', severity: 'skipped', message: `Generation ${read.generation} follows on generation ${generation.number}`, byte: read.byte};
      break;
    }
    generation?.close(this.#batches.byte);
    return {generation, problem};
  }

  /** Where the file is damaged, or ends too early. */
  #brokenPlace({message, byte, excerpt, skippedBytes, part}: BrokenPlace): EventProblem {
    if (this.#strict) return {code: 'go-trace/broken', severity: 'fatal', message, byte, excerpt};
    if (skippedBytes !== null) {
      const next = part ? `It is read up to the next one, ${skippedBytes} bytes on` : `${skippedBytes} bytes up to the next batch are left out`;
      return {code: 'go-trace/broken', severity: 'skipped', message: `${message}. ${next}`, byte, excerpt};
    }
    this.#cut = true;
    return {code: 'go-trace/broken', severity: 'fatal', message: `${message}. What came before it was read`, byte, excerpt};
  }
}
