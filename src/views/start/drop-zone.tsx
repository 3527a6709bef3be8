/** Where files can be dropped, and the other ways to bring them in. The whole window takes drops: this shows that it does. */
import {useState} from 'react';
import {pastedFile} from '../../state/pasted.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {FilePicker, FolderPicker} from '../ui/file-picker.tsx';

export function DropZone() {
  const copy = useCopy();
  const formats = useStore((state) => state.formats);
  return (
    <section className="start-zone" aria-labelledby="start-zone">
      <h2 id="start-zone">{copy.start.dropHeading}</h2>
      <div className="start-ways">
        <FilePicker look="main">{copy.opening.pick}</FilePicker>
        <FolderPicker>{copy.opening.pickFolder}</FolderPicker>
        <PasteButton />
      </div>
      <p className="start-readable">{copy.start.readable} <span>{[...formats.map(({label}) => label), copy.symbols.readable].join(' · ')}</span></p>
      <p className="start-private">{copy.start.private}</p>
    </section>
  );
}

/** Text of the clipboard as a file. Where the browser keeps the clipboard to itself the key still works. */
function PasteButton() {
  const copy = useCopy();
  const openFiles = useStore((state) => state.openFiles);
  const [answer, setAnswer] = useState<'pasteByKey' | 'nothingToPaste' | null>(null);
  const paste = async () => {
    try {
      const text = await navigator.clipboard.readText();
      if (text.trim() === '') setAnswer('nothingToPaste');
      else openFiles([pastedFile(text)]);
    } catch {
      // The user said no, or the browser has no way to ask.
      setAnswer('pasteByKey');
    }
  };
  return (
    <>
      <Button onClick={() => void paste()}>{copy.opening.paste}</Button>
      <span role="status">{answer ? copy.opening[answer] : null}</span>
    </>
  );
}
