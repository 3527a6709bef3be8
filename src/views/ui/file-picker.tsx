/** A button that opens the file picker. */
import {useRef} from 'react';
import {useStore} from '../../state/use-store.ts';
import {Button} from './button.tsx';

/** The formats say which extensions it offers; any file may be chosen. */
export function FilePicker({children, look = 'plain'}: {readonly children: string; readonly look?: 'plain' | 'main'}) {
  const input = useRef<HTMLInputElement>(null);
  const formats = useStore((state) => state.formats);
  const openFiles = useStore((state) => state.openFiles);
  const accept = [...new Set([...formats.flatMap(({extensions}) => extensions), '.gz', '*/*'])].join(',');
  return (
    <>
      <Button look={look} onClick={() => input.current?.click()}>{children}</Button>
      <input
        ref={input} type="file" multiple hidden accept={accept}
        onChange={({target}) => {
          openFiles([...(target.files ?? [])].map((blob) => ({name: blob.name, blob})));
          // Choosing the same file again is a change, too.
          target.value = '';
        }}
      />
    </>
  );
}
