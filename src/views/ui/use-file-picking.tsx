/** The browser's picker for files: a way to open it, and the element that it needs on the page. With handles where the browser gives some. */
import {useRef, type ReactNode} from 'react';
import {handlePicker} from '../../state/file-handles.ts';
import {useStore} from '../../state/use-store.ts';

export interface FilePicking {
  readonly pick: () => void;
  readonly input: ReactNode;
}

/** `picks`: tells the element from others of its kind. `accept`: extensions that are offered first; any file may be chosen. */
export function useFilePicking(picks: string, accept: readonly string[]): FilePicking {
  const input = useRef<HTMLInputElement>(null);
  const openFiles = useStore((state) => state.openFiles);
  const pick = () => {
    const pickHandles = handlePicker();
    if (!pickHandles) input.current?.click();
    else void pickHandles().then(async (handles) => openFiles(await Promise.all(handles.map(async (handle) => ({name: handle.name, blob: await handle.getFile(), handle})))), ignoreAbort);
  };
  return {
    pick,
    input: (
      <input
        ref={input} type="file" multiple hidden accept={accept.length > 0 ? [...accept, '*/*'].join(',') : undefined} data-picks={picks}
        onChange={({target}) => {
          openFiles([...(target.files ?? [])].map((blob) => ({name: blob.name, blob})));
          // Choosing the same file again is a change, too.
          target.value = '';
        }}
      />
    ),
  };
}

/** Closing the picker is no error. */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
