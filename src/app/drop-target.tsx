/** The whole window takes files and folders that are dropped on it, and files and text that are pasted. */
import {useEffect, useState} from 'react';
import {droppedHandle} from '../state/file-handles.ts';
import {droppedFolder} from '../state/folder-files.ts';
import {pastedFile} from '../state/pasted.ts';
import type {FileToOpen} from '../state/slices/session.ts';
import type {State} from '../state/store.ts';
import {useCopy, useStore, useStoreItself} from '../state/use-store.ts';

export function DropTarget() {
  const copy = useCopy();
  const {state} = useStoreItself();
  const isOpen = useStore(({sources}) => sources.length > 0);
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
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      setOver(false);
      openDropped(event.dataTransfer, state.getState());
    };
    const paste = (event: ClipboardEvent) => {
      const isField = event.target instanceof Element && event.target.closest('input:not([type=file]), textarea, select, [contenteditable]') !== null;
      if (isField || !event.clipboardData) return;
      const {openFiles} = state.getState();
      const files = [...event.clipboardData.files];
      const text = event.clipboardData.getData('text/plain');
      if (files.length > 0) openFiles(files.map((blob) => ({name: blob.name, blob})));
      else if (text.trim() !== '') openFiles([pastedFile(text)]);
      else return;
      event.preventDefault();
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, [state]);
  return isOver ? (
    <div className="drop" aria-hidden="true">
      <strong>{copy.opening.dropHere}</strong>
      <span>{isOpen ? copy.opening.dropBeside : copy.opening.dropWhat}</span>
    </div>
  ) : null;
}

/** What lies in a drop must be taken out of it at once: it is empty when the event has passed. */
function openDropped({items, files}: DataTransfer, {openFiles, openFolder}: State): void {
  const dropped = [...items].filter(({kind}) => kind === 'file');
  const entries = dropped.map((item) => item.webkitGetAsEntry());
  for (const entry of entries) if (entry?.isDirectory) openFolder(entry.name, droppedFolder(entry as FileSystemDirectoryEntry));
  if (dropped.length === 0) return openFiles([...files].map((blob) => ({name: blob.name, blob})));
  const opening = dropped.flatMap((item, i): Promise<FileToOpen>[] => {
    const blob = entries[i]?.isDirectory ? null : item.getAsFile();
    return blob ? [droppedHandle(item).then((handle) => ({name: blob.name, blob, ...(handle ? {handle} : {})}))] : [];
  });
  void Promise.all(opening).then(openFiles);
}
