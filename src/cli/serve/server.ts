/** A small server on the loopback interface: hands out a fixed list of files, to this machine only. */
import {createReadStream} from 'node:fs';
import {open} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';
import type {Content, Contents} from './content.ts';

const LOOPBACK = '127.0.0.1';

/** Said of every answer: nothing is guessed, nothing is read by other sites, nobody learns the address. */
const always = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** Serves `contents` on `port` (0: any free one). Rejects with EADDRINUSE or EACCES when the port cannot be had. */
export function serve(contents: Contents, port: number): Promise<{readonly server: Server; readonly port: number}> {
  const server = createServer((request, response) => {
    answer(contents, boundPort(server), request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve({server, port: boundPort(server)}));
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

async function answer(contents: Contents, port: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // A name of a foreign site can be made to point to this machine (DNS rebinding); its pages then say that name here.
  if (!isOwnName(request.headers.host, port)) return refuse(response, 403, 'This server answers to localhost only.');
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'Only GET and HEAD are answered.', {Allow: 'GET, HEAD'});
  const content = contents.get(addressOf(request));
  if (!content) return refuse(response, 404, 'There is nothing here.');
  await send(content, request.method === 'HEAD', response);
}

function isOwnName(host: string | undefined, port: number): boolean {
  const suffix = port === 80 ? '' : `:${port}`;
  return host === `${LOOPBACK}${suffix}` || host === `localhost${suffix}`;
}

/** The decoded path that was asked for; empty when it cannot be decoded. It is looked up as it is, so `..` leads nowhere. */
function addressOf({url = ''}: IncomingMessage): string {
  try {
    return decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

async function send({path, text, type, cache}: Content, headOnly: boolean, response: ServerResponse): Promise<void> {
  if (text !== undefined) {
    response.writeHead(200, {...always, 'Content-Type': type, 'Content-Length': Buffer.byteLength(text), 'Cache-Control': cache});
    response.end(headOnly ? undefined : text);
    return;
  }
  const file = await open(path);
  try {
    const {size} = await file.stat();
    response.writeHead(200, {...always, 'Content-Type': type, 'Content-Length': size, 'Cache-Control': cache});
    if (headOnly || size === 0) response.end();
    // No further than was promised: a capture may still be growing.
    else await pipeline(createReadStream('', {fd: file, autoClose: false, end: size - 1}), response);
  } finally {
    await file.close();
  }
}

function refuse(response: ServerResponse, status: number, sentence: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {...always, ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store'});
  response.end(`${sentence}\n`);
}
