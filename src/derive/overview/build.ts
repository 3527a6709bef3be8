/** Samples, copied bytes and garbage collections over an axis, by pixel. */
import {SpanKind, StackChangeKind} from '../../model/tables.ts';
import {sampleCount} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {OverviewAnswer, OverviewQuestion} from './shape.ts';

export const overview = defineDerivation({
  id: 'overview',
  answer(session, {group, widthPx, event, filter}: OverviewQuestion): OverviewAnswer | null {
    const axisGroup = session.axis.groups.find(({reference}) => reference === group);
    if (!axisGroup) return null;
    const {endNs} = axisGroup;
    const width = Math.max(1, Math.floor(widthPx));
    const pixel = (timeNs: number) => Math.min(width - 1, Math.max(0, Math.floor((timeNs * width) / Math.max(endNs, 1))));
    const members = axisGroup.members.map((id) => session.source(id)!);
    // Growths are counted from one source, never from several that tell of the same ones.
    const sized = members.find(({trace}) => trace.hasStackSizes) ?? null;
    const answer = {endNs, samples: new Float64Array(width), growthSamples: new Float64Array(width), copiedBytes: new Float64Array(width), gc: new Uint8Array(width), hasStackSizes: sized !== null};
    if (event && axisGroup.members.includes(event.source)) countSamples(session, event, filter, pixel, answer);
    for (const source of members) {
      const {stackChanges, spans} = source.trace;
      const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
      const pass = session.filtered(source, filter).stackChanges;
      for (let i = 0; source === sized && i < stackChanges.length; i++) {
        if (stackChanges.kind[i] !== StackChangeKind.Growth || (pass && pass[i] === 0)) continue;
        // A stack at least doubles: half the new size bounds an old one that is not known.
        const oldBytes = Number.isNaN(stackChanges.oldBytes[i]) ? stackChanges.newBytes[i] / 2 : stackChanges.oldBytes[i];
        answer.copiedBytes[pixel(stackChanges.timeNs[i] + shiftNs)] += oldBytes;
      }
      for (let i = 0; i < spans.length; i++) {
        if (spans.kind[i] !== SpanKind.Gc) continue;
        const end = Number.isNaN(spans.endNs[i]) ? endNs : spans.endNs[i] + shiftNs;
        answer.gc.fill(1, pixel(spans.startNs[i] + shiftNs), pixel(end) + 1);
      }
    }
    return answer;
  },
});

function countSamples(session: Session, event: {readonly source: number; readonly event: number}, filter: Filter, pixel: (timeNs: number) => number, answer: {samples: Float64Array; growthSamples: Float64Array}): void {
  const source = session.source(event.source)!;
  const {samples} = source.trace;
  const classes = session.chains(source).class;
  const pass = session.filtered(source, filter).samples;
  const shiftNs = session.axis.shiftsNs.get(event.source) ?? 0;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== event.event || (pass && pass[i] === 0) || Number.isNaN(samples.timeNs[i])) continue;
    const at = pixel(samples.timeNs[i] + shiftNs);
    const count = sampleCount(source.trace, i);
    answer.samples[at] += count;
    if (samples.stack[i] >= 0 && classes[samples.stack[i]] === ChainClass.Growth) answer.growthSamples[at] += count;
  }
}
