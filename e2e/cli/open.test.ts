/** `morestack open`: what its server hands out, to whom, and what it keeps to itself. */
import {chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {request, type IncomingHttpHeaders} from 'node:http';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {expect, onTestFinished, test} from 'vitest';
import {ended, program, startMorestack, temporaryFile, temporaryFolder} from './morestack.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Opened {
  readonly url: URL;
  /** The files that the page is told to load, as paths on the server. */
  readonly files: readonly string[];
  readonly get: (path: string, options?: {method?: string; host?: string}) => Promise<Answer>;
  /** Ends it as Ctrl-C does; gives its exit code. */
  readonly stop: () => Promise<number | null>;
}

async function open(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Opened> {
  const child = startMorestack(['open', ...args], env);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(createInterface({input: child.stdout!}), 'line') as [string];
  const url = new URL(line);
  const files = [...new URLSearchParams(url.hash.slice(1)).getAll('open')].map((relative) => new URL(relative, url).pathname);
  return {
    url,
    files,
    get: (path, {method = 'GET', host = url.host} = {}) => fetchRaw(Number(url.port), path, method, host),
    stop: async () => {
      child.kill('SIGINT');
      const [exitCode] = await once(child, 'exit') as [number | null];
      return exitCode;
    },
  };
}

/** One request just as given: the path is not made tidy, and the Host header is what a foreign page would send. */
function fetchRaw(port: number, path: string, method: string, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({host: '127.0.0.1', port, path, method, headers: {host}, agent: false}, (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.once('end', () => resolve({status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(pieces)}));
      incoming.once('error', reject);
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

test('the page, its scripts and the files are handed out with their types and lengths', async () => {
  const content = 'a capture of 21 bytes';
  const file = temporaryFile('perf #1 & more.txt', content);
  const {get, files, url} = await open(['--no-browser', file]);
  expect(url.hostname).toBe('localhost');

  const page = await get('/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(page.body.toString())![1];
  expect((await get(`/${script}`)).headers['content-type']).toBe('text/javascript; charset=utf-8');

  expect(files).toHaveLength(1);
  const capture = await get(files[0]);
  expect(capture.body.toString()).toBe(content);
  expect(capture.headers).toMatchObject({
    'content-length': '21', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer',
  });
});

test('HEAD gives the headers alone', async () => {
  const {get, files} = await open(['--no-browser', temporaryFile('perf.txt', '12345')]);
  const {status, headers, body} = await get(files[0], {method: 'HEAD'});
  expect({status, length: headers['content-length'], body: body.length}).toEqual({status: 200, length: '5', body: 0});
});

test('two files of one name, and an empty one, stay apart', async () => {
  const paths = ['one', '', 'three'].map((content) => temporaryFile('perf.txt', content));
  const {get, files} = await open(['--no-browser', ...paths]);
  const bodies = [];
  for (const file of files) bodies.push((await get(file)).body.toString());
  expect(bodies).toEqual(['one', '', 'three']);
});

test('whoever names another host is refused: a foreign site whose name was pointed here', async () => {
  const {get, url, files} = await open(['--no-browser', temporaryFile('perf.txt', 'secret')]);
  for (const host of ['example.com', `example.com:${url.port}`, `localhost.example.com:${url.port}`, 'localhost', 'localhost:1']) {
    const {status, body} = await get(files[0], {host});
    expect({host, refused: status === 403 || status === 400, leaked: body.includes('secret')}).toEqual({host, refused: true, leaked: false});
  }
  expect((await get('/', {host: `127.0.0.1:${url.port}`})).status).toBe(200);
});

test('nothing is read beside what was given: not by dots, encoded dots, other names or another token', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'given.txt'), 'given');
  writeFileSync(join(folder, 'beside.txt'), 'beside');
  const {get, files: [given]} = await open(['--no-browser', join(folder, 'given.txt')]);
  const [, , token] = given.split('/');
  expect(token.length).toBeGreaterThanOrEqual(22);
  const paths = [
    '/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json', '/assets/../../package.json', '/..\\package.json', '//package.json', `${folder}/given.txt`,
    given.replace('given.txt', 'beside.txt'), given.replace('given.txt', '..%2f..%2fbeside.txt'), given.replace(token, 'A'.repeat(token.length)), `/files/${token}/`, '/files/', '/assets/', '/%', '/%00',
  ];
  for (const path of paths) expect({path, status: (await get(path)).status}).toEqual({path, status: 404});
});

test('only GET and HEAD are answered', async () => {
  const {get} = await open(['--no-browser']);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await get('/', {method})).status).toBe(405);
});

test('the tokens of two runs differ', async () => {
  const file = temporaryFile('perf.txt', 'x');
  const [first, second] = [await open(['--no-browser', file]), await open(['--no-browser', file])];
  expect(first.files[0]).not.toBe(second.files[0]);
});

test('a port in use is said in a sentence, with exit code 1', async () => {
  const {url} = await open(['--no-browser']);
  const {exitCode, stderr, stdout} = await ended(startMorestack(['open', '--no-browser', '--port', url.port]));
  expect({exitCode, stdout}).toEqual({exitCode: 1, stdout: ''});
  expect(stderr).toMatch(/^morestack: port \d+ is in use/);
});

test('it goes on until it is interrupted, and ends with 0 even while a browser holds a connection', async () => {
  const {get, stop} = await open(['--no-browser']);
  await get('/');
  expect(await stop()).toBe(0);
});

test('without the built app it says how to build it', async () => {
  const copy = join(temporaryFolder(), 'dist-cli');
  cpSync(dirname(program), copy, {recursive: true});
  const {exitCode, stderr} = await ended(startMorestack(['open', '--no-browser'], {}, join(copy, 'morestack.js')));
  expect(exitCode).toBe(1);
  expect(stderr).toContain('npm run build');
});

test.runIf(process.platform === 'linux')('the browser is opened at the address that is printed', async () => {
  const folder = temporaryFolder();
  const seen = join(folder, 'seen');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin', 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`);
  chmodSync(join(folder, 'bin', 'xdg-open'), 0o755);
  const {url} = await open([temporaryFile('perf.txt', 'x')], {PATH: `${join(folder, 'bin')}:${process.env['PATH']}`});
  await expect.poll(() => (existsSync(seen) ? readFileSync(seen, 'utf8') : null)).toBe(url.href);
});

test('no browser to open is no failure', async () => {
  const {get} = await open([], {PATH: temporaryFolder()});
  expect((await get('/')).status).toBe(200);
});
