/** Keeps what is seen: the picture as SVG or PNG, with a caption that says what it is of; its stacks for other tools. */
import {isNarrowed} from '../../derive/filter/shape.ts';
import type {StackFileFormat} from '../../derive/stack-file/shape.ts';
import {gzipped} from '../../base/bytes/gzip.ts';
import type {FrameColors} from '../../draw/color/frame-color.ts';
import type {FlameSheet} from '../../draw/flame/sheet.ts';
import {useAsk} from '../../state/use-ask.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {download, fileName} from '../ui/download.ts';
import {MenuButton} from '../ui/menu.tsx';
import {legendOf} from './legend.tsx';
import {framesOfPart, type FlamePart} from './part.ts';
import {frameText} from './use-frame-text.ts';
import {useWeightText} from '../../state/use-weight-text.ts';

export interface ExportMenuProps {
  /** What is drawn; none: nothing is. */
  readonly parts: readonly FlamePart[];
  readonly colors: FrameColors;
  readonly widthPx: number;
}

export function ExportMenu({parts, colors, widthPx}: ExportMenuProps) {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const scope = useScope();
  const searched = useStore((state) => state.searched);
  const picture = useStore((state) => state.picture);
  const weightText = useWeightText(parts[0]?.answer.query ?? null);
  const whyNot = parts.length === 0 ? copy.exports.nothing : null;
  const source = scope?.summary.sources.find(({id}) => id === parts[0]?.answer.query.source)?.name ?? '';

  const sheet = (): FlameSheet => {
    const [{answer}] = parts;
    const {range, chains, filter} = answer.query;
    const pictures = parts.map((part) => framesOfPart(part, colors, searched !== '', copy, figures, weightText));
    const texts = new Map(pictures.map((made) => [made, frameText(made.answer, copy, figures, weightText)]));
    return {
      pictures, widthPx,
      caption: [
        [parts.map(({label}) => label).join(', '), source].join(' · '),
        [
          copy.exports.weightOf(`${weightText.unit}: ${weightText.weight(answer.treeWeight)}`, weightText.countOf(answer.count[0] ?? 0)),
          ...(chains === 'all' ? [] : [copy.flame.growthOnly]),
          ...(range ? [copy.exports.range(time.moment(range.fromNs), time.moment(range.toNs))] : []),
          ...(isNarrowed(filter) ? [Object.values(filter).filter((value) => value !== null).map((value) => (typeof value === 'object' ? `goroutine ${value.goroutine}` : String(value))).join(', ')] : []),
          ...(searched === '' ? [] : [`“${searched}”`]),
        ].join(' · '),
      ],
      legend: legendOf(copy, parts.map((part) => part.answer), colors),
      titleOf: (made, row) => {
        const text = texts.get(made);
        return text ? [text.fullName(row), ...text.details(row)].join('\n') : '';
      },
    };
  };
  const name = (extension: string) => fileName([source, copy.flame.pictures[picture], weightText.unit, ...(parts[0]?.answer.query.chains === 'all' ? [] : ['growth'])], extension);
  const saveSvg = () => {
    if (whyNot === null) void import('../../draw/flame/svg-sheet.ts').then(({svgSheet}) => download(name('svg'), new Blob([svgSheet(sheet())], {type: 'image/svg+xml'})));
  };
  const savePng = () => {
    if (whyNot === null) void import('../../draw/flame/paint-sheet.ts').then(({paintSheet}) => paintSheet(sheet(), window.devicePixelRatio || 1)).then((blob) => download(name('png'), blob));
  };
  const ask = useAsk('stackFile');
  const query = parts[0]?.answer.query;
  const saveStacks = (format: StackFileFormat) => () => {
    if (!query) return;
    ask({query, format}, (file) => {
      if (!file) return;
      if (format === 'folded') download(name('folded.txt'), new Blob([file.bytes], {type: 'text/plain'}));
      else void gzipped(file.bytes).then((bytes) => download(name('pb.gz'), new Blob([bytes], {type: 'application/gzip'})));
    });
  };
  const saveFolded = saveStacks('folded');
  const savePprof = saveStacks('pprof');
  useCommands('page', [
    {id: 'export.folded', title: `${copy.exports.title}: ${copy.exports.folded}`, keys: [], run: saveFolded},
    {id: 'export.pprof', title: `${copy.exports.title}: ${copy.exports.pprof}`, keys: [], run: savePprof},
    {id: 'export.svg', title: `${copy.exports.title}: ${copy.exports.svg}`, keys: [], run: saveSvg},
    {id: 'export.png', title: `${copy.exports.title}: ${copy.exports.png}`, keys: [], run: savePng},
  ]);
  return (
    <MenuButton
      label={copy.exports.menu}
      groups={[
        {title: copy.exports.graph, items: [{id: 'svg', text: copy.exports.svg, whyNot, run: saveSvg}, {id: 'png', text: copy.exports.png, whyNot, run: savePng}]},
        {title: copy.exports.stacks, items: [{id: 'folded', text: copy.exports.folded, whyNot, run: saveFolded}, {id: 'pprof', text: copy.exports.pprof, whyNot, run: savePprof}]},
      ]}
    >
      {copy.exports.title} ▾
    </MenuButton>
  );
}
