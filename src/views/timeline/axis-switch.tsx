/** Which clock the axis is written on: beside its labels. A clock that no open file knows is offered with the reason why it is not. */
import type {AxisGroup} from '../../derive/axis/shape.ts';
import {timeModes, type TimeMode} from '../../state/slices/viewport.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';

export function AxisSwitch({group}: {readonly group: AxisGroup}) {
  const {clock} = useCopy().moment;
  const figures = useFigures();
  const chosen = useStore((state) => state.timeMode);
  const choose = useStore((state) => state.chooseTimeMode);
  const isKnown = (mode: TimeMode) => mode !== 'wall' || group.wall.length > 0;
  const wall = group.wall.length === 0 ? clock.wallUnknown : clock.wallOf(figures.day(group.wall[0].wallNs), figures.zone(group.wall[0].wallNs));
  const texts: Readonly<Record<TimeMode, string>> = {relative: clock.relative, absolute: clock.absolute, wall};
  return (
    <select className="axis-switch" aria-label={clock.label} title={clock.label} value={isKnown(chosen) ? chosen : 'relative'} onChange={({target}) => choose(timeModes.find((mode) => mode === target.value) ?? 'relative')}>
      {timeModes.map((mode) => <option key={mode} value={mode} disabled={!isKnown(mode)}>{texts[mode]}</option>)}
    </select>
  );
}
