/** How much of the samples shown stands in addresses without names, and the file that would name most of them: a way to the list of such files. */
import {isMissing, type WantedBinary} from '../../derive/binaries/shape.ts';
import {useBinaries} from '../../state/use-binaries.ts';
import {useBinaryText} from '../../state/use-binary-text.ts';
import type {Scope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Phrase} from '../ui/phrase.tsx';

/** Files that are called otherwise than what they name. */
const FILES: Readonly<Partial<Record<WantedBinary['wanted'], string>>> = {kallsyms: 'kallsyms', 'perf-map': 'perf-PID.map'};

/** Less than this is not told here: it stands in the list. */
const LEAST_SHARE = 0.05;

export function Unnamed({scope}: {readonly scope: Scope}) {
  const copy = useCopy();
  const figures = useFigures();
  const {objectFile} = useBinaryText();
  const showTab = useStore((state) => state.showTab);
  const capture = useBinaries()?.captures.find(({id}) => id === scope.event?.source);
  const most = capture?.wanted.filter(isMissing).toSorted((a, b) => b.samplesLeft - a.samplesLeft)[0];
  if (!capture || !most || most.samplesLeft < capture.samples * LEAST_SHARE) return null;
  const file = <button type="button" className="headline-way" title={copy.symbols.showWanted} onClick={() => showTab('sources')}><code>{FILES[most.wanted] ?? objectFile(most.dso)}</code></button>;
  return <span className="headline-unknown"><Phrase text={copy.symbols.unnamed} parts={{share: figures.share(most.samplesLeft / capture.samples), file}} /></span>;
}
