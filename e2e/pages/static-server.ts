/** Serves the built page as any static host would, at the root and under a sub-path; a file that comes only half, and one that does so when it is asked for again. */
import {createReadStream, existsSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {extname, join} from 'node:path';

const DIST = join(import.meta.dirname, '../../dist');
export const SUB_PATH = '/tools/morestack/';
const TYPES: Readonly<Record<string, string>> = {'.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.md': 'text/plain', '.webmanifest': 'application/manifest+json', '.png': 'image/png'};

export interface StaticServer {
  readonly url: string;
  /** Ends when a client gave up on the file that comes only half. */
  readonly halfFileClosed: Promise<void>;
  /** What is served at `/again/perf.data`: all of it, or only half while `holds`. */
  readonly again: {content: Buffer; holds: boolean};
  close(): Promise<void>;
}

/** What the half file sends before it stops: a good head of a perf text. */
const HALF = `app 1 [000] 1.000000: 1 cpu-clock: \n\t  401000 main.main+0x10 (/usr/bin/app)\n\n`.repeat(4000);

/** `folder`: a build. */
export async function serveDist(folder = DIST): Promise<StaticServer> {
  let onClosed: () => void = () => {};
  const halfFileClosed = new Promise<void>((resolve) => {
    onClosed = resolve;
  });
  const again = {content: Buffer.alloc(0), holds: false};
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent((request.url ?? '/').split('?')[0]);
    if (path === '/half/perf.txt') {
      response.writeHead(200, {'Content-Type': 'text/plain', 'Content-Length': HALF.length * 2});
      response.write(HALF);
      response.on('close', onClosed);
      return;
    }
    if (path === '/again/perf.data') {
      const {content, holds} = again;
      response.writeHead(200, {'Content-Type': 'application/octet-stream', 'Content-Length': content.length, 'Cache-Control': 'no-store'});
      if (holds) response.write(content.subarray(0, content.length >> 1));
      else response.end(content);
      return;
    }
    const inDist = path.startsWith(SUB_PATH) ? path.slice(SUB_PATH.length) : path.slice(1);
    const file = join(folder, inDist === '' ? 'index.html' : inDist);
    if (path.includes('..') || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream'});
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    halfFileClosed,
    again,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
