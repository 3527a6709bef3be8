/** The page before a file is open: ways to open one, recordings to try, how to record one's own, and what each kind of file tells. */
import {useCopy} from '../../state/use-store.ts';
import {Capture} from './capture.tsx';
import {DropZone} from './drop-zone.tsx';
import type {Example} from './example.ts';
import {Examples} from './examples.tsx';
import {RecentFiles} from './recent-files.tsx';
import './view.css';

export function StartView({examples}: {readonly examples: readonly Example[]}) {
  const copy = useCopy();
  return (
    <div className="start">
      <div className="start-inside">
        <h1>{copy.start.title}</h1>
        <p className="start-lead">{copy.start.lead}</p>
        <div className="start-open">
          <DropZone />
          <RecentFiles />
        </div>
        <Examples examples={examples} />
        <Capture />
      </div>
    </div>
  );
}
