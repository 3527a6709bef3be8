/** Above the flame graph: which samples, by which weight, growth alone, and how it is drawn. */
import {useScope} from '../../state/use-scope.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Choice} from '../ui/choice.tsx';
import {MenuButton} from '../ui/menu.tsx';
import {Segmented} from '../ui/segmented.tsx';

export function FlameToolbar() {
  const copy = useCopy();
  const scope = useScope();
  const growthOnly = useStore((state) => state.growthOnly);
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  const isUpsideDown = useStore((state) => state.isUpsideDown);
  const turnUpsideDown = useStore((state) => state.turnUpsideDown);
  const chooseEvent = useStore((state) => state.chooseEvent);
  const chooseWeight = useStore((state) => state.chooseWeight);
  const events = scope?.summary.sources.flatMap((source) => source.events.filter(({samples}) => samples > 0).map((event) => ({source, event}))) ?? [];
  const {event, eventSummary} = scope ?? {};
  const {drawn, keys} = copy.flame;
  useCommands('page', [
    {id: 'flame.turn', title: keys.turn, keys: [], isOn: isUpsideDown, run: () => turnUpsideDown(!isUpsideDown)},
    {id: 'flame.growth-only', title: keys.growthOnly, keys: [], isOn: growthOnly, run: () => showGrowthOnly(!growthOnly)},
  ]);
  return (
    <div className="flame-toolbar">
      <h2>{copy.flame.title}</h2>
      {eventSummary?.hasPeriod ? (
        <Segmented
          label={copy.flame.weight} value={scope?.weight ?? 'samples'} onChoose={chooseWeight}
          options={[
            {value: 'period', text: eventSummary.unit === 'cpu-ns' ? copy.flame.cpuTime : copy.flame.period(eventSummary.name)},
            {value: 'samples', text: copy.flame.weights.samples},
          ]}
        />
      ) : null}
      {event && events.length > 1 ? (
        <Choice
          label={copy.flame.event} isLabelHidden value={`${event.source} ${event.event}`}
          options={events.map(({source, event: {event: row, name}}) => ({value: `${source.id} ${row}`, text: `${name} · ${source.name}`}))}
          onChoose={(value) => {
            const [source, row] = value.split(' ').map(Number);
            chooseEvent({source, event: row});
          }}
        />
      ) : null}
      {eventSummary ? <Button look="growth" isOn={growthOnly} onClick={() => showGrowthOnly(!growthOnly)}>{copy.flame.growthOnly}</Button> : null}
      <span className="flame-right">
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
          ]}
        >
          {copy.flame.view} ▾
        </MenuButton>
      </span>
    </div>
  );
}
