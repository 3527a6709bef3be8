/** Worker that reads one file and ends: bytes in, one Trace (or what a binary knows) out, moved to the session worker. Ending it early is how opening is cancelled. */
import {PassingFingerprint} from '../base/bytes/fingerprint.ts';
import {blobSource, webStream, type ByteSource} from '../base/bytes/source.ts';
import {openFile} from '../formats/open.ts';
import {buffersOf, type Trace} from '../model/trace.ts';
import {buffersOfSymbols, type Symbols} from '../symbols/shape.ts';
import {thrown, type FileToOpen, type FromParser, type ToParser} from './protocol.ts';

/** The page hears of progress at most this often. */
const PROGRESS_MS = 120;
/** First look at what was read, and how much longer each next one waits: looks cost a copy, so they become rare as the copy grows. */
const FIRST_PARTIAL_MS = 500;
const PARTIAL_GROWTH = 2.5;
/** No look is worth its copy when the end is nearer than this. */
const NEAR_END_MS = 1500;

self.addEventListener('message', ({data}: MessageEvent<ToParser>) => void read(data));

async function read({file, symbols}: ToParser): Promise<void> {
  const startMs = performance.now();
  let progressAtMs = -Infinity;
  let partialAtMs = startMs + FIRST_PARTIAL_MS;
  let bytesDone = 0;
  try {
    const {source, passing} = await byteSource(file);
    const opened = await openFile(source, {
      breathe: () => Promise.resolve(),
      onBytes: (bytes) => {
        bytesDone = bytes;
        const nowMs = performance.now();
        if (nowMs - progressAtMs < PROGRESS_MS) return;
        progressAtMs = nowMs;
        post({kind: 'progress', bytes, ofBytes: source.sizeBytes});
      },
      onPartial: (snapshot) => {
        const nowMs = performance.now();
        if (nowMs < partialAtMs || remainingMs(nowMs - startMs, bytesDone, source.sizeBytes) < NEAR_END_MS) return;
        postPartial(snapshot());
        partialAtMs = startMs + (performance.now() - startMs) * PARTIAL_GROWTH;
      },
    }, symbols);
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

/** How long the rest takes if it goes on as it went; endless when the size is not known. */
function remainingMs(elapsedMs: number, bytes: number, ofBytes: number | null): number {
  return ofBytes === null ? Infinity : (elapsedMs * (ofBytes - bytes)) / Math.max(bytes, 1);
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
