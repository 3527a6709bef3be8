/**
 * The files of a session: each is read by a worker of its own, until it is done, removed or cancelled. A capture with copies of stacks is read
 * again when binaries come or go by which they are unwound: what it was stays until then.
 */
import {fingerprint} from '../base/bytes/fingerprint.ts';
import type {Trace} from '../model/trace.ts';
import {recordedUnder, type SymbolFile} from '../symbols/resolve/match.ts';
import type {Symbols} from '../symbols/shape.ts';
import {forUnwinding, knowsFrames} from '../symbols/unwind/shape.ts';
import type {FileToOpen, FromSession, ToParser} from './protocol.ts';
import {isLast, Readers, type OfFile, type Reader} from './readers.ts';

interface OpenFile {
  readonly file: FileToOpen;
  /** Equal for files that look the same; null when that was not looked at. Of an address the address itself, until all its bytes came by. */
  mark: string | null;
  readonly evenIfOpen: boolean;
  parser: Reader | null;
  /** As it was parsed. */
  trace: Trace | null;
  /** Of a binary, kallsyms or a perf map. */
  symbols: Symbols | null;
  /** Reads the file anew, by other binaries. */
  reader: Reader | null;
  /** The binaries that the last reader was given. */
  binaries: readonly OpenSymbols[];
}

interface OpenSymbols extends SymbolFile {
  readonly id: number;
}

/** Open files by the number that the page gave each. */
export class OpenFiles {
  readonly #files = new Map<number, OpenFile>();
  readonly #post: (message: FromSession) => void;
  readonly #onRead: (source: number, isPartial: boolean) => void;
  readonly #readers: Readers;

  /** `cores`: of the machine. `onRead`: a file has a trace now, or another one than before; or symbols. */
  constructor(cores: number, post: (message: FromSession) => void, onRead: (source: number, isPartial: boolean) => void) {
    this.#readers = new Readers(cores);
    this.#post = post;
    this.#onRead = onRead;
  }

  /** Files that have a trace, in the order they were opened. */
  get traces(): {id: number; name: string; trace: Trace}[] {
    return [...this.#files].flatMap(([id, {file, trace}]) => (trace ? [{id, name: file.name, trace}] : []));
  }

  /** Files of symbols, in the order they were opened. */
  get symbols(): {id: number; name: string; symbols: Symbols}[] {
    return [...this.#files].flatMap(([id, {file, symbols}]) => (symbols ? [{id, name: file.name, symbols}] : []));
  }

  /** Whether more of the file is to come. */
  isReading(source: number): boolean {
    return (this.#files.get(source)?.parser ?? null) !== null;
  }

  async open(source: number, file: FileToOpen, evenIfOpen: boolean): Promise<void> {
    // Its place in the order is taken at once: looking at the bytes gives way to files that come later.
    const open: OpenFile = {file, mark: null, evenIfOpen, parser: null, trace: null, symbols: null, reader: null, binaries: []};
    this.#files.set(source, open);
    const mark = 'blob' in file ? await fingerprint(file.blob).catch(() => null) : file.url;
    if (this.#files.get(source) !== open) return;
    const same = this.#sameAs(source, mark);
    if (same !== null && !evenIfOpen) {
      this.#files.delete(source);
      this.#post({kind: 'same-as', source, open: same});
      return;
    }
    if (mark !== null && 'blob' in file) this.#post({kind: 'identified', source, mark});
    const parsing: OpenFile = {...open, mark};
    this.#files.set(source, parsing);
    parsing.parser = this.#readers.read(file, (message, answer) => this.#heard(source, parsing, message, answer));
  }

  remove(source: number): void {
    const file = this.#files.get(source);
    file?.parser?.end();
    file?.reader?.end();
    this.#files.delete(source);
    this.#readAgain();
  }

  /** The binaries by which stacks are unwound. */
  get #binaries(): OpenSymbols[] {
    return this.symbols.filter(({symbols}) => knowsFrames(symbols));
  }

  /** Reads those captures again whose stacks were unwound by other binaries than are open now: of those that lay in memory there. */
  #readAgain(): void {
    const open = this.#binaries;
    for (const [source, file] of this.#files) {
      if (!file.trace?.sampleStackEnd || file.parser) continue;
      const now = loadedOf(file.trace, open);
      if (isSame(now, loadedOf(file.trace, file.binaries))) continue;
      file.reader?.end();
      file.binaries = now;
      file.reader = this.#readers.read(file.file, (message, answer) => this.#heardAgain(source, file, message, answer));
      this.#post({kind: 'again', source, read: {bytes: 0, ofBytes: 'blob' in file.file ? file.file.blob.size : null}});
    }
  }

  /** It was read once, so of this time only the end counts; where it fails, the file stays as it was read then. */
  #heardAgain(source: number, file: OpenFile, message: OfFile, answer: (message: ToParser) => void): void {
    if (message.kind === 'wants-binaries') answer(given(file.binaries));
    if (message.kind === 'progress') this.#post({kind: 'again', source, read: {bytes: message.bytes, ofBytes: message.ofBytes}});
    if (!isLast(message)) return;
    file.reader = null;
    if (message.kind === 'done') {
      file.trace = message.trace;
      this.#onRead(source, false);
    }
    this.#post({kind: 'again', source, read: null});
  }

  /** Leaves a file as it was read before. */
  stopAgain(source: number): void {
    const file = this.#files.get(source);
    if (!file?.reader) return;
    file.reader.end();
    file.reader = null;
    this.#post({kind: 'again', source, read: null});
  }

  /** Number of another file that looks the same; null: none does. */
  #sameAs(source: number, mark: string | null): number | null {
    return [...this.#files].find(([id, other]) => id !== source && mark !== null && other.mark === mark)?.[0] ?? null;
  }

  #heard(source: number, file: OpenFile, message: OfFile, answer: (message: ToParser) => void): void {
    if (isLast(message)) file.parser = null;
    switch (message.kind) {
      case 'wants-binaries':
        // What of them it needs is known when it was read.
        file.binaries = this.#binaries;
        answer(given(file.binaries));
        break;
      case 'progress':
        this.#post({kind: 'progress', source, bytes: message.bytes, ofBytes: message.ofBytes});
        break;
      case 'partial':
        file.trace = message.trace;
        this.#onRead(source, true);
        break;
      case 'symbols':
      case 'done': {
        const same = this.#sameAs(source, message.mark);
        const hadTrace = file.trace !== null;
        if (same !== null && !file.evenIfOpen) {
          this.#files.delete(source);
          this.#post({kind: 'same-as', source, open: same});
          if (hadTrace) this.#onRead(source, false);
          break;
        }
        if (message.kind === 'symbols') file.symbols = message.symbols;
        else file.trace = message.trace;
        if (message.mark !== null) this.#post({kind: 'identified', source, mark: (file.mark = message.mark)});
        this.#onRead(source, false);
        this.#readAgain();
        break;
      }
      case 'unreadable':
        this.#files.delete(source);
        this.#post({kind: 'unreadable', source, faults: message.faults});
        break;
      case 'failed': {
        const hadTrace = file.trace !== null;
        this.#files.delete(source);
        if (hadTrace) this.#onRead(source, false);
        this.#post({kind: 'failed', ask: null, source, fault: message.fault});
        break;
      }
    }
  }
}

function given(binaries: readonly OpenSymbols[]): ToParser {
  return {kind: 'binaries', binaries: binaries.map(({name, symbols}) => ({name, symbols: forUnwinding(symbols)}))};
}

function isSame(some: readonly OpenSymbols[], others: readonly OpenSymbols[]): boolean {
  return some.length === others.length && some.every(({id}, i) => id === others[i].id);
}

/** Those that are an object file that lay in the memory of a process. */
function loadedOf(trace: Trace, binaries: readonly OpenSymbols[]): OpenSymbols[] {
  return binaries.filter((binary) => recordedUnder(trace, trace.mappings.dso, binary).length > 0);
}
