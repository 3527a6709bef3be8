/**
 * Serves the page without a network after the first visit. The build writes `BUILD` before this text (see vite.config.ts): the files of
 * this version with their hashes, and those that are kept once they were used.
 *
 *   install   every file of the shell into a cache of this version; what an older one has under the same name is copied
 *   activate  at once: pages that are open go on with the files they began with, which stay for a while
 *   fetch     page and files of the shell from the caches, examples from the cache or the network; all else is none of its business
 *
 * Versions do not mix: a page names its scripts by their hashes, so what an old page asks for is only found in an old cache.
 */
declare const BUILD: {
  readonly version: string;
  /** Paths below the scope. */
  readonly shell: readonly string[];
  /** Path below the scope and hash of the content. */
  readonly onUse: Readonly<Record<string, string>>;
};

/** What is used of a service worker's scope; the types for pages do not have it. */
interface Scope {
  readonly registration: {readonly scope: string};
  readonly clients: {claim(): Promise<void>};
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: {waitUntil(done: Promise<unknown>): void}) => void): void;
  addEventListener(type: 'fetch', listener: (event: {readonly request: Request; respondWith(response: Promise<Response>): void}) => void): void;
}

const worker = self as unknown as Scope;
const {scope} = worker.registration;
const PAGE = 'index.html';
/** Of this page only: other pages of the origin have caches of their own. */
const PREFIX = `morestack ${scope} `;
const SHELL = `${PREFIX}${BUILD.version}`;
const EXAMPLES = `examples of ${PREFIX}`;
/** So many versions are kept for pages that are still open. */
const VERSIONS_KEPT = 3;

const inShell = new Set(BUILD.shell);

worker.addEventListener('install', (event) => event.waitUntil(install().then(() => worker.skipWaiting())));
worker.addEventListener('activate', (event) => event.waitUntil(forgetOld().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const {request} = event;
  const path = pathOf(request);
  if (path === null) return;
  if (request.mode === 'navigate' && (path === '' || path === PAGE)) event.respondWith(fromCaches(PAGE, request));
  else if (Object.hasOwn(BUILD.onUse, path)) event.respondWith(example(path, request));
  // Of scripts also those that only an older page knows.
  else if (inShell.has(path) || path.startsWith('assets/')) event.respondWith(fromCaches(path, request));
});

/** Path below the scope; null: the request is none that can be answered here. */
function pathOf({method, url}: Request): string | null {
  const plain = url.split(/[?#]/, 1)[0];
  return method === 'GET' && plain.startsWith(scope) ? decoded(plain.slice(scope.length)) : null;
}

/** null: a stray % that stands for nothing, so no file of ours. */
function decoded(path: string): string | null {
  try {
    return decodeURI(path);
  } catch {
    return null;
  }
}

const address = (path: string) => new URL(path, scope).href;

async function install(): Promise<void> {
  const older = await shells();
  const shell = await caches.open(SHELL);
  await Promise.all(BUILD.shell.map(async (path) => {
    const isNamedByHash = path.startsWith('assets/');
    const known = isNamedByHash ? await found(older, path) : undefined;
    const response = known ?? (await fetch(address(path), {cache: isNamedByHash ? 'default' : 'no-cache'}));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    if (path === PAGE) checkPage(await response.clone().text());
    await shell.put(address(path), withoutRedirect(response));
  }));
}

/** While a new version is put on the server, its page may come with the list of the one before. Then this version is not installed. */
function checkPage(html: string): void {
  for (const [, path] of html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)) if (!inShell.has(path)) throw new Error(`${path} is of another version`);
}

/** A page may not be answered with a response that was led elsewhere. */
function withoutRedirect(response: Response): Response {
  return response.redirected ? new Response(response.body, {status: response.status, headers: response.headers}) : response;
}

async function forgetOld(): Promise<void> {
  const versions = await shells();
  await Promise.all(versions.slice(0, -VERSIONS_KEPT).map((name) => caches.delete(name)));
  const examples = await caches.open(EXAMPLES);
  const current = new Set(Object.entries(BUILD.onUse).map(([path, hash]) => exampleKey(path, hash)));
  for (const {url} of await examples.keys()) if (!current.has(url)) await examples.delete(url);
}

/** Caches of all versions, oldest first. */
async function shells(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

async function found(names: readonly string[], path: string): Promise<Response | undefined> {
  for (const name of names) {
    const response = await (await caches.open(name)).match(address(path));
    if (response) return response;
  }
  return undefined;
}

async function fromCaches(path: string, request: Request): Promise<Response> {
  const own = await found([SHELL], path);
  return own ?? (await found(await shells(), path)) ?? fetch(request);
}

const exampleKey = (path: string, hash: string) => `${address(path)}?${hash}`;

async function example(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(EXAMPLES);
  const key = exampleKey(path, BUILD.onUse[path]);
  const kept = await cache.match(key);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(key, response.clone());
  return response;
}
