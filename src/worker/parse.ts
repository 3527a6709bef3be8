/** Worker that reads one file and ends: bytes in, one Trace (or what a binary knows) out, moved to the session worker. Ending it early is how opening is cancelled. */
import {PassingFingerprint} from '../base/bytes/fingerprint.ts';
import {blobSource, counted, webStream, type ByteSource} from '../base/bytes/source.ts';
import {openFile, readPart} from '../formats/open.ts';
import {formats} from '../formats/registry.ts';
import {buffersOf, type Trace} from '../model/trace.ts';
import type {SymbolFile} from '../symbols/resolve/match.ts';
import {buffersOfSymbols, type Symbols} from '../symbols/shape.ts';
import {PartialLooks} from './partial-looks.ts';
import {thrown, type FileToOpen, type FromParser, type FromPartReader, type ToParser, type ToPartReader} from './protocol.ts';
import {SecondWorker} from './second-worker.ts';

/** The page hears of progress at most this often. */
const PROGRESS_MS = 250;
/** Of a file so large the first picture comes long before the last, and late when two readers leave no core to it: the second one waits. */
const PICTURES_FROM_BYTES = 256 << 20;
const FIRST_PICTURE_MS = 900;

/** A worker that stands by loads the parsers: the file that comes need not wait for its own. One that is asked to read at once loads that only. */
const STANDS_BY_MS = 100;
const standBy = setTimeout(() => formats.forEach((format) => void format.load().catch(() => undefined)), STANDS_BY_MS);

let onSecondBroke = () => {};
let onBinaries: (binaries: readonly SymbolFile[]) => void = () => {};

self.addEventListener('message', ({data}: MessageEvent<ToParser>) => {
  clearTimeout(standBy);
  switch (data.kind) {
    case 'parse':
      void read(data);
      break;
    case 'second':
      data.port.addEventListener('message', (asked: MessageEvent<ToPartReader>) => void readForOther(data.port, asked.data));
      data.port.start();
      break;
    case 'second-broke':
      onSecondBroke();
      break;
    case 'binaries':
      onBinaries(data.binaries);
      break;
  }
});

function binaries(): Promise<readonly SymbolFile[]> {
  return new Promise((resolve) => {
    onBinaries = resolve;
    post({kind: 'wants-binaries'});
  });
}

async function read({file, second: port}: Extract<ToParser, {kind: 'parse'}>): Promise<void> {
  const startMs = performance.now();
  let progressAtMs = -Infinity;
  const looks = new PartialLooks(startMs);
  let ownBytes = 0;
  try {
    const {source, passing} = await byteSource(file);
    const tellProgress = () => {
      const nowMs = performance.now();
      if (nowMs - progressAtMs < PROGRESS_MS) return;
      progressAtMs = nowMs;
      post({kind: 'progress', bytes: bytesDone(), ofBytes: source.sizeBytes});
    };
    const second = port && 'blob' in file ? new SecondWorker(port, file.blob, {
      onBytes: tellProgress,
      mayBegin: () => file.blob.size < PICTURES_FROM_BYTES || performance.now() > startMs + FIRST_PICTURE_MS,
      onEnd: () => post({kind: 'alone'}),
    }) : undefined;
    onSecondBroke = () => second?.stop();
    const bytesDone = () => ownBytes + (second?.bytes ?? 0);
    const opened = await openFile(source, {
      breathe: () => Promise.resolve(),
      onBytes: (bytes) => {
        looks.bytesCame(performance.now());
        ownBytes = bytes;
        tellProgress();
      },
      onPartial: (snapshot, sampleBytes) => {
        if (!looks.isDue(performance.now(), bytesDone(), source.sizeBytes, sampleBytes)) return;
        postPartial(snapshot());
        looks.taken(performance.now());
      },
    }, binaries, second);
    const mark = passing?.fingerprint ?? null;
    switch (opened.is) {
      case 'capture':
        postDone(opened.trace, mark);
        break;
      case 'symbols':
        postSymbols(opened.symbols, mark);
        break;
      case 'unreadable':
        post({kind: 'unreadable', faults: opened.faults});
        break;
    }
  } catch (error) {
    post({kind: 'failed', fault: thrown(isReadError(error) ? 'input/not-readable' : 'internal/parse', error)});
  }
}

/** Reads a part of a file for the worker that reads the rest; a failure of it is found there, where the part is read then. */
async function readForOther(port: MessagePort, {part, blob}: ToPartReader): Promise<void> {
  let toldAtMs = -Infinity;
  const bytes = counted(webStream(blob.stream()), (bytesDone) => {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < PROGRESS_MS) return;
    toldAtMs = nowMs;
    port.postMessage({kind: 'progress', bytes: bytesDone} satisfies FromPartReader);
  });
  const read = await readPart(part, bytes).catch(() => null);
  port.postMessage({kind: 'part', read} satisfies FromPartReader, {transfer: read ? buffersOf(read.trace) : []});
}

/** The browser could not give the bytes: the file was changed or removed, or the address does not answer. */
class ReadError extends Error {}

function isReadError(error: unknown): boolean {
  return error instanceof ReadError || (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError'));
}

/** `passing`: sees what the bytes of an address look like; null for a file, which was looked at before. */
async function byteSource(file: FileToOpen): Promise<{readonly source: ByteSource; readonly passing: PassingFingerprint | null}> {
  if ('blob' in file) return {source: blobSource(file.name, file.blob), passing: null};
  const response = await fetch(file.url).catch((error: unknown) => {
    throw new ReadError(`${file.url}: ${String(error)}`);
  });
  const {body} = response;
  if (!response.ok || !body) throw new ReadError(`${file.url}: ${response.status} ${response.statusText}`);
  const length = response.headers.get('Content-Length');
  // The length is that of the encoded body; the stream gives the decoded one.
  const isPlain = response.headers.get('Content-Encoding') === null;
  const passing = new PassingFingerprint(webStream(body));
  return {source: {name: file.name, sizeBytes: length !== null && isPlain ? Number(length) : null, open: () => passing}, passing};
}

function post(message: FromParser): void {
  self.postMessage(message);
}

function postPartial(trace: Trace): void {
  self.postMessage({kind: 'partial', trace} satisfies FromParser, {transfer: buffersOf(trace)});
}

function postDone(trace: Trace, mark: string | null): void {
  self.postMessage({kind: 'done', trace, mark} satisfies FromParser, {transfer: buffersOf(trace)});
}

function postSymbols(symbols: Symbols, mark: string | null): void {
  self.postMessage({kind: 'symbols', symbols, mark} satisfies FromParser, {transfer: buffersOfSymbols(symbols)});
}
