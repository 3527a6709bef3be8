/** The files of a view as the address names them: by what they look like, with their names where these fit. */

/** A file that a view is of. */
export interface ViewFile {
  readonly sizeBytes: number;
  /** Of what it looks like, 32 bits. */
  readonly hash: number;
  /** null: the address does not say. */
  readonly name: string | null;
}

/** More files than anyone looks at together. */
const FILES = 32;
const NAME_CHARS = 120;

/** From what the worker says a file looks like: a text that begins with its size, or its address. */
export function viewFile(mark: string, name: string | null): ViewFile {
  return {sizeBytes: Number(/^\d+(?= )/.exec(mark)?.[0] ?? 0), hash: hashOf(mark), name};
}

export function looksSame(a: ViewFile, b: ViewFile): boolean {
  return a.sizeBytes === b.sizeBytes && a.hash === b.hash;
}

/** `<size>.<hash>[.<name>]`, one after the other. */
export function filesText(files: readonly ViewFile[], hasNames: boolean): string {
  return files.map(({sizeBytes, hash, name}) => `${sizeBytes.toString(36)}.${hash.toString(36)}${hasNames && name !== null ? `.${name.replaceAll(';', '_').slice(-NAME_CHARS)}` : ''}`).join(';');
}

/** What can't be read is no file: places after it would name others, so then there are none. */
export function filesOfText(text: string): ViewFile[] {
  const parts = text === '' ? [] : text.split(';');
  const files = parts.flatMap((part): ViewFile[] => {
    const [, size, hash, name] = /^([0-9a-z]{1,10})\.([0-9a-z]{1,7})(?:\.(.{1,120}))?$/s.exec(part) ?? [];
    return size === undefined ? [] : [{sizeBytes: parseInt(size, 36), hash: parseInt(hash, 36), name: name ?? null}];
  });
  return files.length === parts.length && files.length <= FILES ? files : [];
}

/** FNV-1a, 32 bits, over UTF-16. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
