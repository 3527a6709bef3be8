/** Hands bytes to the user as a file. */

const KEPT_MS = 60_000;

export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the bytes after the click, and nothing tells when it has.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}

/** A name that every file system takes: of parts that are not empty. */
export function fileName(parts: readonly string[], extension: string): string {
  const name = parts.filter((part) => part !== '').join('-').toLowerCase().replace(/\.(gz|txt|out|perf|folded|trace)(?=-|\.|$)/g, '');
  const safe = name.replace(/[^\p{L}\p{N}.-]+/gu, '-').replace(/-{2,}/g, '-').replace(/^[-.]+|-$/g, '').slice(0, 120);
  return `${safe === '' ? 'morestack' : safe}.${extension}`;
}
