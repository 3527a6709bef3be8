/** Which columns there are to show. */
import {growthColumns, type GrowthColumn, type GrowthTableAnswer} from '../../derive/growth-table/shape.ts';

/** A goroutine is one goroutine; how much of a stack was in use only some probes tell. */
export function columnsOf({by, total}: GrowthTableAnswer): readonly GrowthColumn[] {
  return growthColumns.filter((column) => {
    if (column === 'goroutines') return by !== 'goroutine';
    if (column === 'usedBefore' || column === 'usedAfter') return !Number.isNaN(total.usedBefore);
    return true;
  });
}
