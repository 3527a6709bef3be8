/** The whole window takes files that are dropped on it. */
import {useEffect, useState} from 'react';
import {useCopy, useStore} from '../state/use-store.ts';

export function DropTarget() {
  const copy = useCopy();
  const openFiles = useStore((state) => state.openFiles);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Without this the browser would leave the page for the file.
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      openFiles([...(event.dataTransfer?.files ?? [])].map((blob) => ({name: blob.name, blob})));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [openFiles]);
  return isOver ? <div className="drop" aria-hidden="true">{copy.start.dropHere}</div> : null;
}
