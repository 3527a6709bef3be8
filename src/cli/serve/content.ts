/** What a server may hand out: a fixed list of addresses, each with the file behind it. What is not on the list does not exist. */
import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync} from 'node:fs';
import {basename, extname, join, relative, sep} from 'node:path';

/** One file that may be fetched. */
export interface Content {
  readonly path: string;
  /** What is sent instead of the file's own content. */
  readonly text?: string;
  readonly type: string;
  /** How long a browser may keep it. */
  readonly cache: 'no-cache' | 'no-store' | 'public, max-age=31536000, immutable';
}

/** By the decoded path of the address, with its leading slash. */
export type Contents = ReadonlyMap<string, Content>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/** Tells the page that it is served by this program: it then keeps nothing in the browser to work without it. */
const SERVED_HERE = '<meta name="morestack-open" content="">';

/** The built app in `folder`, without what lets it work without a server. Fails with ENOENT when it was not built. */
export function appContents(folder: string): Contents {
  const contents = new Map<string, Content>();
  for (const entry of readdirSync(folder, {recursive: true, withFileTypes: true})) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    // The build puts a hash of the content into these names.
    const cache = address.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    contents.set(address, {path, type: types[extname(path)] ?? 'application/octet-stream', cache});
  }
  const page = contents.get('/index.html');
  if (page) for (const address of ['/', '/index.html']) contents.set(address, {...page, text: readFileSync(page.path, 'utf8').replace('<head>', `<head>${SERVED_HERE}`)});
  contents.delete('/service-worker.js');
  return contents;
}

/**
 * Captures under addresses that nobody can guess, so that a page of another site, which can send requests to this machine, finds none.
 * Gives the addresses in the order of `files`; two files of one name stay apart.
 */
export function captureContents(files: readonly string[]): {readonly contents: Contents; readonly addresses: readonly string[]} {
  const token = randomBytes(16).toString('base64url');
  const contents = new Map<string, Content>();
  for (const [index, path] of files.entries()) contents.set(`/files/${token}/${index}/${basename(path)}`, {path, type: 'application/octet-stream', cache: 'no-store'});
  return {contents, addresses: [...contents.keys()]};
}
