/** What was wrong with the files: how often, where first, and what stands there. */
import type {Fault, FaultGroup} from '../../base/fault.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Message} from '../ui/message.tsx';
import './view.css';

interface FaultOfFile {
  readonly file: string;
  readonly group: FaultGroup;
}

/** Faults of files that could be read and of those that could not. */
export function useFaults(): readonly FaultOfFile[] {
  const sources = useStore((state) => state.sources);
  const summary = useScope()?.summary;
  return sources.flatMap(({id, name, faults}) => [...faults, ...(summary?.sources.find((source) => source.id === id)?.faults ?? [])].map((group) => ({file: name, group})));
}

export function FaultsView() {
  const copy = useCopy();
  const hasSources = useStore(({sources}) => sources.length > 0);
  const faults = useFaults();
  if (faults.length === 0) return <Message>{hasSources ? copy.faults.none : copy.faults.nothing}</Message>;
  return (
    <div className="faults">
      <ul>
        {faults.map(({file, group}) => <FaultItem key={`${file} ${group.code}`} file={file} group={group} />)}
      </ul>
    </div>
  );
}

function FaultItem({file, group}: FaultOfFile) {
  const copy = useCopy();
  const figures = useFigures();
  return (
    <li className={`fault fault-${group.severity}`}>
      <details open={group.severity === 'fatal'}>
        <summary>
          <strong>{copy.faults.severity[group.severity]}</strong> {figures.count(group.count)} × <code>{group.code}</code> · {file}
          <span className="fault-message">{group.first[0]?.message}</span>
        </summary>
        {group.first.length < group.count ? <p className="fault-note">{copy.faults.firstOf(figures.count(group.first.length), figures.count(group.count))}</p> : null}
        <ol>
          {group.first.map((fault, i) => (
            // Faults have no identity but their place in the list.
            <li key={i}>
              <span className="fault-place">{placeOf(fault)}</span> {i > 0 && fault.message !== group.first[0].message ? fault.message : null}
              {fault.excerpt === undefined ? null : <pre>{fault.excerpt}</pre>}
            </li>
          ))}
        </ol>
      </details>
    </li>
  );

  function placeOf({at}: Fault): string {
    if (!at) return '';
    const byte = copy.faults.byte(figures.count(at.byte));
    return at.line === undefined ? byte : `${copy.faults.line(figures.count(at.line))}, ${byte}`;
  }
}
