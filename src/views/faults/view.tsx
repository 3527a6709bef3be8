/** What was wrong with the files, by file and code: how often, what was expected and found, where, and what stands there. */
import {useState} from 'react';
import type {Severity} from '../../base/fault.ts';
import {useFaults} from '../../state/use-faults.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {CopyButton} from '../ui/copy-button.tsx';
import {Message} from '../ui/message.tsx';
import {Segmented} from '../ui/segmented.tsx';
import {FaultItem} from './fault-item.tsx';
import {byFile, faultText, fitting} from './faults-of-files.ts';
import './view.css';

const SEVERITIES = ['fatal', 'skipped', 'odd'] as const satisfies readonly Severity[];

export function FaultsView() {
  const copy = useCopy();
  const figures = useFigures();
  const hasSources = useStore(({sources}) => sources.length > 0);
  const faults = useFaults();
  const [chosen, choose] = useState<Severity | 'all'>('all');
  const [searched, search] = useState('');
  const text = copy.faults;
  if (faults.length === 0) return <Message>{hasSources ? text.none : text.nothing}</Message>;
  const severities = SEVERITIES.filter((severity) => faults.some(({group}) => group.severity === severity));
  // A severity that went with its file narrows nothing.
  const severity = chosen === 'all' || !severities.includes(chosen) ? null : chosen;
  const shown = fitting(faults, severity, searched, text.titles);
  return (
    <div className="faults">
      <div className="faults-toolbar">
        {severities.length < 2 ? null : (
          <Segmented label={text.show} value={severity ?? 'all'} onChoose={choose} options={[{value: 'all' as const, text: text.all}, ...severities.map((value) => ({value, text: text.severity[value]}))]} />
        )}
        <input className="field" type="text" value={searched} placeholder={text.find} aria-label={text.find} onChange={({target}) => search(target.value)} />
        <CopyButton text={faultText(shown)} label={text.copyAll} />
      </div>
      {byFile(shown).map(({id, file, groups}) => (
        <section key={id} aria-label={file}>
          <h3>{file} <small>{figures.count(groups.reduce((sum, {count}) => sum + count, 0))}</small></h3>
          <ul>
            {groups.map((group) => <FaultItem key={group.code} file={file} group={group} />)}
          </ul>
        </section>
      ))}
      {shown.length === 0 ? <p className="faults-empty">{text.nothingFound}</p> : null}
    </div>
  );
}
