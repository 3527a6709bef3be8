/** Above a picture in the order of time: whose samples it shows, and which part of the axis. */
import type {FlameAnswer} from '../../derive/flame/shape.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {Button} from '../ui/button.tsx';
import {Choice} from '../ui/choice.tsx';
import {Segmented} from '../ui/segmented.tsx';

/** Moments that are written. */
const MARKS = [0, 0.25, 0.5, 0.75, 1] as const;

export function TimeBar({answer}: {readonly answer: FlameAnswer | null}) {
  const {flame} = useCopy();
  const figures = useFigures();
  const times = useTimeText();
  const per = useStore((state) => state.timePer);
  const showTimeOf = useStore((state) => state.showTimeOf);
  const window = useStore((state) => state.timeWindow);
  const showTimeWindow = useStore((state) => state.showTimeWindow);
  const time = answer?.time;
  if (!time) return null;
  return (
    <div className="flame-time">
      <div className="flame-time-choice">
        <Segmented label={flame.time.per} value={per} options={[{value: 'thread', text: flame.time.thread}, {value: 'goroutine', text: flame.time.goroutine}]} onChoose={(value) => showTimeOf(value, null)} />
        {time.lanes.length > 0 ? (
          <Choice
            label={flame.time.lane} isLabelHidden value={String(time.row)} onChoose={(value) => showTimeOf(per, Number(value))}
            options={time.lanes.map(({row, name, samples}) => ({value: String(row), text: flame.time.laneOf(name, flame.weightUnit.samples(figures.count(samples)))}))}
          />
        ) : null}
        {window ? <Button look="quiet" onClick={() => showTimeWindow(null)}>{flame.time.all}</Button> : null}
      </div>
      <p className="flame-time-marks">{MARKS.map((share) => <span key={share}>{times.moment(time.fromNs + (time.toNs - time.fromNs) * share)}</span>)}</p>
    </div>
  );
}
