/** Buttons that open the browser's picker: for files, with handles to open them again where it gives some; and for a folder. */
import {useRef} from 'react';
import {chosenFolder} from '../../state/folder-files.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button, type ButtonProps} from './button.tsx';
import {useFilePicking} from './use-file-picking.tsx';

interface PickerProps {
  readonly children: string;
  readonly look?: Exclude<ButtonProps['look'], undefined>;
}

/** The formats say which extensions it offers; any file may be chosen. */
export function FilePicker({children, look = 'plain'}: PickerProps) {
  const copy = useCopy();
  const formats = useStore((state) => state.formats);
  const {pick, input} = useFilePicking('files', [...new Set([...formats.flatMap(({extensions}) => extensions), '.gz'])]);
  useCommands('page', [{id: 'open.files', title: copy.opening.pick, keys: ['o'], run: pick}]);
  return (
    <>
      <Button look={look} onClick={pick}>{children}</Button>
      {input}
    </>
  );
}

export function FolderPicker({children, look = 'plain'}: PickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const copy = useCopy();
  const openFolder = useStore((state) => state.openFolder);
  const pick = () => input.current?.click();
  useCommands('page', [{id: 'open.folder', title: copy.opening.pickFolder, keys: ['O'], run: pick}]);
  return (
    <>
      <Button look={look} onClick={pick}>{children}</Button>
      <input
        ref={input} type="file" hidden {...{webkitdirectory: ''}} data-picks="folder"
        onChange={({target}) => {
          const {name, files} = chosenFolder(target.files ?? []);
          if (files.files.length > 0) openFolder(name, Promise.resolve(files));
          target.value = '';
        }}
      />
    </>
  );
}
