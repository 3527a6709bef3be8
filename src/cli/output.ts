/** Standard output as a stream of lines: waits when the reader is slow, ends quietly when the reader is gone. */

const PIECE_BYTES = 1 << 16;

export class Output {
  #held = '';

  constructor() {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      // The reader (`head`, a pager) has all it wanted.
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }

  /** Adds a line; gives a promise only when the reader has to be waited for. */
  line(text: string): Promise<void> | undefined {
    return this.write(`${text}\n`);
  }

  write(text: string): Promise<void> | undefined {
    this.#held += text;
    if (this.#held.length < PIECE_BYTES) return undefined;
    return this.flush();
  }

  async flush(): Promise<void> {
    if (this.#held === '') return;
    const text = this.#held;
    this.#held = '';
    if (!process.stdout.write(text)) await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
  }
}
