/**
 * Files that the address asks for: `#open=<path>&open=<path>`, each path relative to the page, as `morestack open` writes it. Only files
 * of the page's own origin are read: a link must not make the browser fetch from elsewhere.
 */
import type {FileToOpen} from '../state/slices/session.ts';

export function filesInAddress({hash}: Pick<Location, 'hash'>, baseUrl: string): FileToOpen[] {
  return new URLSearchParams(hash.slice(1)).getAll('open').flatMap((path) => {
    if (!URL.canParse(path, baseUrl)) return [];
    const url = new URL(path, baseUrl);
    if (url.origin !== new URL(baseUrl).origin) return [];
    return [{name: decoded(url.pathname.split('/').at(-1) ?? path), url: url.href}];
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
