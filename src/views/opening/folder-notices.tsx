/** What became of folders that were dropped or chosen: how much of each was opened, and by name what was not. */
import type {OpenFolder} from '../../state/slices/folders.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import './folder-notices.css';

/** More names than these are counted only. */
const MOST_NAMES = 30;

/** Items for the list of notices. */
export function FolderNotices() {
  const folders = useStore((state) => state.folders);
  return folders.map((folder) => <FolderNotice key={folder.id} folder={folder} />);
}

function FolderNotice({folder: {id, name, phase, files, opened, left, notUnderstood, isCut}}: {readonly folder: OpenFolder}) {
  const copy = useCopy();
  const figures = useFigures();
  const dismissFolder = useStore((state) => state.dismissFolder);
  const text = copy.opening;
  return (
    <li className="folder-notice">
      <span>{sentence()}{isCut ? ` ${text.folderCut}` : ''}</span>
      {left.length > 0 ? <Names summary={text.left(figures.count(left.length))} names={left} /> : null}
      {notUnderstood.length > 0 ? <Names summary={text.notUnderstood(figures.count(notUnderstood.length))} names={notUnderstood} /> : null}
      {phase === 'looked' ? <Button look="quiet" onClick={() => dismissFolder(id)}>{copy.same.dismiss}</Button> : null}
    </li>
  );

  function sentence(): string {
    if (phase === 'looking') return files === 0 ? text.looking(name) : text.lookingAt(name, figures.count(files));
    if (files === 0) return text.folderEmpty(name);
    return opened === 0 ? text.folderNothing(name, figures.count(files)) : text.folderOpened(name, figures.count(opened), figures.count(files));
  }
}

function Names({summary, names}: {readonly summary: string; readonly names: readonly string[]}) {
  const copy = useCopy();
  const figures = useFigures();
  return (
    <details>
      <summary>{summary}</summary>
      <ul>
        {names.slice(0, MOST_NAMES).map((name) => <li key={name}>{name}</li>)}
        {names.length > MOST_NAMES ? <li>{copy.opening.more(figures.count(names.length - MOST_NAMES))}</li> : null}
      </ul>
    </details>
  );
}
