/** All input formats. One line adds one; order has no meaning. */
import {folded} from './folded/format.ts';
import {goTrace} from './go-trace/format.ts';
import {perfData} from './perf-data/format.ts';
import {perfScript} from './perf-script/format.ts';

export const formats = [perfScript, perfData, goTrace, folded] as const;

export type FormatId = (typeof formats)[number]['id'];
