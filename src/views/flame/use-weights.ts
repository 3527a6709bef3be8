/** The weights that a tree may have here: what each is called, and why one cannot be had. */
import {treeWeights, type TreeWeight} from '../../derive/call-tree/shape.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy} from '../../state/use-store.ts';

export interface WeightChoice {
  readonly value: TreeWeight;
  readonly text: string;
  /** null: it can be chosen. */
  readonly whyNot: string | null;
}

export function useWeights(): readonly WeightChoice[] {
  const {flame} = useCopy();
  const scope = useScope();
  const event = scope?.eventSummary ?? null;
  const known = scope?.axisWeights ?? [];
  const textOf = (weight: TreeWeight): string => {
    if (weight !== 'period') return flame.weights[weight];
    return !event || event.unit === 'cpu-ns' ? flame.cpuTime : flame.period(event.name);
  };
  const whyNot = (weight: TreeWeight): string | null => {
    switch (weight) {
      case 'period': return !event ? flame.noWeight.samples : event.hasPeriod ? null : flame.noWeight.period;
      case 'samples': return event ? null : flame.noWeight.samples;
      case 'growths':
      case 'copiedBytes': return known.includes(weight) ? null : flame.noWeight.growths;
      case 'copyNs': return known.includes(weight) ? null : known.includes('growths') ? flame.noWeight.durations : flame.noWeight.growths;
      case 'runningNs':
      case 'runnableNs':
      case 'waitingNs':
      case 'syscallNs': return known.includes(weight) ? null : flame.noWeight.states;
      case 'offCpuNs': return known.includes(weight) ? null : flame.noWeight.switches;
    }
  };
  return treeWeights.map((value) => ({value, text: textOf(value), whyNot: whyNot(value)}));
}
