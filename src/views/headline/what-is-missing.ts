/** What the open files cannot tell of growing stacks. */
import type {GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import type {Scope} from '../../state/use-scope.ts';

/** `sizes`: no source counts growths. `traceSizes`: and a trace is open that could have. `share`: no samples. `chains`: samples without call chains. `names`: or without names in them. */
export type Unknown = 'sizes' | 'traceSizes' | 'share' | 'chains' | 'names' | 'nothing';

export function missingOf({summary, eventSummary}: Scope, {countedBy, samples, weight, untoldProbes, total}: GrowthTableAnswer): readonly Unknown[] {
  const hasTrace = summary.sources.some(({format}) => format === 'go-trace');
  const missing: Unknown[] = [];
  // Probes that tell nothing are as good as none.
  if (countedBy === null || (untoldProbes > 0 && total.growths + total.shrinks === 0)) missing.push(hasTrace ? 'traceSizes' : 'sizes');
  if (eventSummary === null) missing.push('share');
  else if (!eventSummary.hasStacks) missing.push('chains');
  else if (!eventSummary.hasNames) missing.push('names');
  // Samples that a range or a choice leaves out are known all the same.
  if (countedBy === null && eventSummary === null && !hasTrace && samples === 0 && weight === 0) return ['nothing'];
  return missing;
}
