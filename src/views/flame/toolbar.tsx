/** Above the flame graph: which picture, by which weight, growth alone; and which samples, and how they are drawn. */
import type {ReactNode} from 'react';
import {treeRoots, type TreeWeight} from '../../derive/call-tree/shape.ts';
import {colorings, growthParts, pictures} from '../../state/slices/flame.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Choice} from '../ui/choice.tsx';
import {MenuButton} from '../ui/menu.tsx';
import {Segmented} from '../ui/segmented.tsx';
import {useWeights} from './use-weights.ts';

/** Side by side; the others are in a menu. */
const FIRST_WEIGHTS: ReadonlySet<TreeWeight> = new Set(['period', 'samples', 'growths', 'copiedBytes']);

/** `children` go on in it, in as few rows as there is room for. */
export function FlameToolbar({children}: {readonly children: ReactNode}) {
  const copy = useCopy();
  const picture = useStore((state) => state.picture);
  const showPicture = useStore((state) => state.showPicture);
  return (
    <div className="flame-toolbar">
      <h2 className="spoken">{copy.flame.title}</h2>
      <Segmented look="tabs" label={copy.flame.pictures.label} value={picture} options={pictures.map((value) => ({value, text: copy.flame.pictures[value]}))} onChoose={showPicture} />
      <Weights />
      {children}
    </div>
  );
}

function Weights() {
  const copy = useCopy();
  const weights = useWeights();
  const chosen = useScope()?.query?.weight;
  const chooseWeight = useStore((state) => state.chooseWeight);
  useCommands('page', weights.filter(({whyNot}) => whyNot === null).map(({value, text}) => ({id: `flame.weight.${value}`, title: copy.flame.keys.weight(text), keys: [], isOn: value === chosen, run: () => chooseWeight(value)})));
  if (!chosen) return null;
  const [first, others] = [weights.filter(({value}) => FIRST_WEIGHTS.has(value)), weights.filter(({value}) => !FIRST_WEIGHTS.has(value))];
  const other = others.find(({value}) => value === chosen);
  return (
    <span className="flame-weights">
      <Segmented label={copy.flame.weight} value={chosen} options={first} onChoose={chooseWeight} />
      <MenuButton
        label={copy.flame.weight} look={other ? 'chosen' : 'plain'}
        groups={[{title: copy.flame.weight, items: others.map(({value, text, whyNot}) => ({id: value, text, whyNot, isChosen: value === chosen, run: () => chooseWeight(value)}))}]}
      >
        {other ? other.text : copy.flame.moreWeights} ▾
      </MenuButton>
    </span>
  );
}

export function Events() {
  const copy = useCopy();
  const scope = useScope();
  const chooseEvent = useStore((state) => state.chooseEvent);
  const events = scope?.summary.sources.flatMap((source) => source.events.filter(({samples}) => samples > 0).map((event) => ({source, event}))) ?? [];
  const event = scope?.event;
  if (!event || events.length < 2) return null;
  return (
    <Choice
      label={copy.flame.event} isLabelHidden value={`${event.source} ${event.event}`}
      options={events.map(({source, event: {event: row, name}}) => ({value: `${source.id} ${row}`, text: `${name} · ${source.name}`}))}
      onChoose={(value) => {
        const [source, row] = value.split(' ').map(Number);
        chooseEvent({source, event: row});
      }}
    />
  );
}

export function ViewMenu() {
  const copy = useCopy();
  const {drawn, keys, growthParts: parts, roots, coloring: colors, pictures: names} = copy.flame;
  const isUpsideDown = useStore((state) => state.isUpsideDown);
  const turnUpsideDown = useStore((state) => state.turnUpsideDown);
  const growthOnly = useStore((state) => state.growthOnly);
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  const growthPart = useStore((state) => state.growthPart);
  const showGrowthPart = useStore((state) => state.showGrowthPart);
  const rootedBy = useStore((state) => state.rootedBy);
  const rootBy = useStore((state) => state.rootBy);
  const coloring = useStore((state) => state.coloring);
  const colorBy = useStore((state) => state.colorBy);
  const picture = useStore((state) => state.picture);
  const showPicture = useStore((state) => state.showPicture);
  useCommands('page', [
    ...pictures.map((value) => ({id: `flame.picture.${value}`, title: keys.picture(names[value]), keys: [], isOn: value === picture, run: () => showPicture(value)})),
    {id: 'flame.turn', title: keys.turn, keys: [], isOn: isUpsideDown, run: () => turnUpsideDown(!isUpsideDown)},
    {id: 'flame.growth-only', title: keys.growthOnly, keys: [], isOn: growthOnly, run: () => showGrowthOnly(!growthOnly)},
    ...growthParts.map((part) => ({id: `flame.part.${part}`, title: keys.growthPart(parts[part]), keys: [], isOn: growthOnly && part === growthPart, run: () => showGrowthPart(part)})),
    ...treeRoots.map((by) => ({id: `flame.root.${by}`, title: keys.root(roots[by]), keys: [], isOn: by === rootedBy, run: () => rootBy(by)})),
    ...colorings.map((by) => ({id: `flame.color.${by}`, title: keys.coloring(colors[by]), keys: [], isOn: by === coloring, run: () => colorBy(by)})),
  ]);
  return (
    <MenuButton
      label={copy.flame.view}
      groups={[
        {
          title: drawn.label,
          items: [
            {id: 'icicle', text: drawn.icicle, isChosen: !isUpsideDown, run: () => turnUpsideDown(false)},
            {id: 'flame', text: drawn.flame, isChosen: isUpsideDown, run: () => turnUpsideDown(true)},
          ],
        },
        {title: roots.label, items: treeRoots.map((by) => ({id: by, text: roots[by], isChosen: by === rootedBy, run: () => rootBy(by)}))},
        {title: parts.label, items: growthParts.map((part) => ({id: part, text: parts[part], isChosen: growthOnly && part === growthPart, run: () => showGrowthPart(part)}))},
      ]}
    >
      {copy.flame.view} ▾
    </MenuButton>
  );
}
