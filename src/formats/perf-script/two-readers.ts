/**
 * A large text with two readers: the first one begins at its start, the second one in the middle, and the first one reads what is left.
 *
 *   | first reader ►            | second reader ►                          | first |
 *   0   origin of times         start                                     end     the end of the file
 *
 * The first puts what the second read behind what it read itself; where that would not give what one reader gives, it reads that again.
 */
import type {CutStream} from '../../base/bytes/cut-stream.ts';
import type {ByteStream} from '../../base/bytes/source.ts';
import type {ParseInput, PartRead, SecondReader} from '../format.ts';
import {partBounds} from './part-bounds.ts';

type Anywhere = NonNullable<ParseInput['anywhere']>;

/** What is asked of the first reader. */
interface FirstReader {
  /** Times count from here; -1: none came yet. */
  readonly originSeconds: number;
  /** No part of this text means the same without what is before it. */
  readonly needsWhatIsBefore: boolean;
  /** Puts the part behind what was read; false: it cannot stand there. */
  follow(part: PartRead): boolean;
}

const PIECE_BYTES = 1 << 20;

export class TwoReaders {
  readonly #text: Anywhere;
  readonly #second: SecondReader;
  #begun = false;
  #part: {readonly end: number; readonly read: Promise<PartRead | null>} | null = null;

  constructor(text: Anywhere, second: SecondReader) {
    this.#text = text;
    this.#second = second;
  }

  /** After each block of the first reader: begins the second one as soon as it can know what it must, and ends it when it is of no use. */
  async beside(first: FirstReader, stream: CutStream): Promise<void> {
    if (this.#part && first.needsWhatIsBefore) {
      this.#second.stop();
      this.#part = null;
      stream.join();
    }
    if (this.#begun || first.originSeconds < 0) return;
    const wants = this.#second.wants(stream.at);
    if (!wants) return;
    this.#begun = true;
    const bounds = first.needsWhatIsBefore ? null : await partBounds(this.#text, wants);
    if (!bounds || bounds.start <= stream.at) return;
    stream.cutAt(bounds.start);
    this.#part = {end: bounds.end, read: this.#second.read({format: 'perf-script', ...bounds, told: {originSeconds: first.originSeconds} satisfies ToldToPart})};
  }

  /** At the end of the first reader's part, or of the text: what it has to read yet, and where that begins. */
  async joined(first: FirstReader, stream: CutStream): Promise<{stream: ByteStream; from: number}> {
    const part = this.#part;
    this.#part = null;
    const read = await part?.read;
    if (part && read && first.follow(read)) return {stream: streamFrom(this.#text, part.end), from: part.end};
    stream.join();
    return {stream, from: stream.at};
  }
}

/** What the second reader is told of what is before its part. */
export interface ToldToPart {
  readonly originSeconds: number;
}

function streamFrom(text: Anywhere, start: number): ByteStream {
  let at = start;
  return {
    read: async () => {
      const piece = await text.readAt(at, PIECE_BYTES);
      at += piece.length;
      return piece.length > 0 ? piece : null;
    },
  };
}
