/** All faults of one code in one file. Excerpts are text: whatever bytes stood there, the parser made control characters visible. */
import type {Fault, FaultGroup} from '../../base/fault.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {CopyButton} from '../ui/copy-button.tsx';
import {faultText} from './faults-of-files.ts';

export function FaultItem({file, group}: {readonly file: string; readonly group: FaultGroup}) {
  const copy = useCopy();
  const figures = useFigures();
  const text = copy.faults;
  const {code, severity, count, first} = group;
  const message = first[0]?.message;
  return (
    <li className={`fault fault-${severity}`}>
      <details open={severity === 'fatal'}>
        <summary>
          <strong title={text.severityHelp[severity]}>{text.severity[severity]}</strong> {figures.count(count)} × {text.titles[code] ?? code} <code>{code}</code>
          <span className="fault-message">{message}</span>
        </summary>
        <ol>
          {first.map((fault, i) => (
            // Faults have no identity but their place in the list.
            <li key={i}>
              <span className="fault-place">{placeOf(fault)}</span> {fault.message === message ? null : fault.message}
              {fault.excerpt === undefined ? null : <pre>{fault.excerpt}</pre>}
            </li>
          ))}
        </ol>
        <p className="fault-note">
          {first.length < count ? text.firstOf(figures.count(first.length), figures.count(count)) : null}
          <CopyButton text={faultText([{file, group}])} label={text.copyOne(code)} />
        </p>
      </details>
    </li>
  );

  function placeOf({at}: Fault): string {
    if (!at) return '';
    const byte = text.byte(figures.count(at.byte));
    return at.line === undefined ? byte : `${text.line(figures.count(at.line))}, ${byte}`;
  }
}
