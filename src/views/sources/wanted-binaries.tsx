/** The object files that a capture has addresses without names of: which build, how many samples each would name, what became of it, a way to choose the file. */
import {isMissing, type CaptureBinaries, type WantedBinary} from '../../derive/binaries/shape.ts';
import {useBinaryText} from '../../state/use-binary-text.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {useFilePicking} from '../ui/use-file-picking.tsx';
import './binaries.css';

/** How to come by what is no binary. Commands are the same in every language. */
const COMMANDS = {kallsyms: 'sudo cat /proc/kallsyms > kallsyms', 'perf-map': 'cp /tmp/perf-PID.map .'} as const;

export function WantedBinaries({capture: {name, wanted, more}}: {readonly capture: CaptureBinaries}) {
  const {symbols: text} = useCopy();
  const figures = useFigures();
  const {pick, input} = useFilePicking('binary', []);
  const files = wanted.filter((of) => of.wanted !== 'nothing' || of.state.is === 'matched');
  const memory = wanted.filter((of) => !files.includes(of));
  return (
    <>
      <div className="wanted-scroll">
        <table className="wanted" aria-label={text.wantedBy(name)}>
          <thead>
            <tr>
              <th scope="col">{text.columns.file}</th>
              <th scope="col">{text.columns.buildId}</th>
              <th scope="col" title={text.samplesHelp}>{text.columns.samples}</th>
              <th scope="col">{text.columns.state}</th>
            </tr>
          </thead>
          <tbody>{files.map((of) => <Row key={of.dso} of={of} pick={pick} />)}</tbody>
        </table>
      </div>
      {memory.length > 0 || more > 0 ? (
        <p className="wanted-note">
          {memory.map((of) => text.memory(of.dso === '' ? text.noFile : of.dso, figures.count(of.samples))).join(' · ')}
          {more > 0 ? ` ${text.more(figures.count(more))}` : null}
        </p>
      ) : null}
      {input}
    </>
  );
}

function Row({of, pick}: {readonly of: WantedBinary; readonly pick: () => void}) {
  const {symbols: text} = useCopy();
  const figures = useFigures();
  const {objectFile, shortId, state} = useBinaryText();
  const name = objectFile(of.dso);
  const isOpen = isMissing(of);
  const command = isOpen && (of.wanted === 'kallsyms' || of.wanted === 'perf-map') ? COMMANDS[of.wanted] : null;
  return (
    <tr className={isOpen ? `wanted-open wanted-${of.state.is}` : undefined}>
      <th scope="row" title={of.dso === '' ? undefined : of.dso}>{name}</th>
      <td>{of.buildId === null ? <span title={text.noBuildIdHelp}>–</span> : <code title={of.buildId}>{shortId(of.buildId)}</code>}</td>
      <td>{figures.count(of.samples)}</td>
      <td>
        <span>{state(of)}</span>
        {command === null ? null : <code>{command}</code>}
        {isOpen ? <Button label={text.pick(name)} onClick={pick}>{text.choose}</Button> : null}
      </td>
    </tr>
  );
}
