/** Above the flame graph: which samples, by which weight, growth alone, what the search found. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {Choice} from '../ui/choice.tsx';
import {useWeightText} from './use-weight-text.ts';

export function FlameToolbar({answer}: {readonly answer: FlameAnswer | null}) {
  const copy = useCopy();
  const figures = useFigures();
  const weightText = useWeightText(answer?.query ?? null);
  const scope = useScope();
  const growthOnly = useStore((state) => state.growthOnly);
  const showGrowthOnly = useStore((state) => state.showGrowthOnly);
  const chooseEvent = useStore((state) => state.chooseEvent);
  const chooseWeight = useStore((state) => state.chooseWeight);
  const path = useStore((state) => state.path);
  const zoomTo = useStore((state) => state.zoomTo);
  const events = scope?.summary.sources.flatMap((source) => source.events.filter(({samples}) => samples > 0).map((event) => ({source, event}))) ?? [];
  const {event, eventSummary} = scope ?? {};
  const sums = answer?.sums;
  return (
    <div className="flame-toolbar">
      <h2>{copy.flame.title}</h2>
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
      {eventSummary?.hasPeriod ? (
        <Choice
          label={copy.flame.weight} isLabelHidden value={scope?.weight ?? 'samples'} onChoose={chooseWeight}
          options={[
            {value: 'period', text: eventSummary.unit === 'cpu-ns' ? copy.flame.cpuTime : copy.flame.period(eventSummary.name)},
            {value: 'samples', text: copy.flame.samples},
          ]}
        />
      ) : null}
      {eventSummary ? <Button look="growth" isOn={growthOnly} onClick={() => showGrowthOnly(!growthOnly)}>{copy.flame.growthOnly}</Button> : null}
      {sums && sums.weight > 0 ? (
        <span className="flame-share">{copy.flame.growthShare(figures.count(sums.growthSamples), figures.count(sums.samples), figures.share(sums.growthWeight / sums.weight), weightText.unit)}</span>
      ) : null}
      {path.length > 0 ? <Button look="quiet" onClick={() => zoomTo([])}>{copy.flame.reset}</Button> : null}
      <span className="flame-found" role="status">{found()}</span>
    </div>
  );

  function found(): string {
    if (!answer?.found) return '';
    const {functions, weight} = answer.found;
    if (functions === 0) return copy.flame.notFound;
    return copy.flame.found(figures.count(functions), weightText.weight(weight), figures.share(weight / Math.max(answer.treeWeight, Number.MIN_VALUE)));
  }
}
