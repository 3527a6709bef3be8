/** What a card says of a moment, part by part, in the user's language. */
import {shortName} from '../../base/short-name.ts';
import type {ChangeAt, CpuAt, GoroutineName, MomentAnswer, StateAt, Wake} from '../../derive/moment/shape.ts';
import type {SwitchedThread} from '../../derive/off-cpu/shape.ts';
import type {ReadableChain} from '../../derive/readable/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';

/** A chain as it is written: leaf first. */
export interface WrittenChain {
  readonly calls: readonly {readonly name: string; readonly full: string; readonly times: string; readonly restored: boolean}[];
  /** Number of frames that are not listed; empty: none. */
  readonly more: string;
}

export interface CardPart {
  readonly text: string;
  readonly look: 'growth' | 'state' | 'quiet' | null;
  readonly chain: WrittenChain | null;
  /** How the chain is known, or what else there is. */
  readonly note: string | null;
}

export function useMomentText(): (answer: MomentAnswer) => CardPart[] {
  const {moment, timeline} = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const part = (text: string, look: CardPart['look'] = null, chain: ReadableChain | null = null, note: string | null = null): CardPart => ({text, look, chain: chain && written(chain), note});
  const written = ({calls, moreFrames}: ReadableChain): WrittenChain => ({
    calls: calls.map(({name, times, restored}) => ({restored, name: shortName(name), full: name, times: times > 1 ? figures.count(times) : ''})),
    more: moreFrames > 0 ? figures.count(moreFrames) : '',
  });
  const called = ({id, startFunction}: GoroutineName) => moment.linkName(id, startFunction === null ? timeline.unknownStart : shortName(startFunction));
  const size = (bytes: number) => (Number.isNaN(bytes) ? '?' : figures.bytes(bytes));
  const amount = (series: string, value: number) => (series === 'live' || series === 'goal' || series === 'stacks' ? figures.bytes(value) : figures.count(value));
  const known = (number: number) => (Number.isNaN(number) ? '' : String(number));

  const ofState = (state: StateAt, answer: MomentAnswer): CardPart => {
    const length = figures.duration(state.toNs - state.fromNs);
    const lasts = moment.lasts(state.isCut ? moment.atLeast(length) : length, time.moment(state.fromNs), time.moment(state.toNs));
    const on = moment.on(known(state.thread), known(state.proc));
    const isOn = known(state.thread) !== '' || known(state.proc) !== '';
    const facts = [state.reason === null ? '' : moment.reason(state.reason), isOn ? on : '', Number.isNaN(answer.stackBytes) ? '' : moment.stack(figures.bytes(answer.stackBytes))];
    return part(`${timeline.states[state.state]} · ${lasts}`, 'state', state.chain, facts.filter((fact) => fact !== '').join(' · ') || null);
  };
  const ofCpu = ({is, fromNs, toNs, isBegun, isOpen, isSeen, isBroken, state, previous, next, chain}: CpuAt): CardPart => {
    const length = figures.duration(toNs - fromNs);
    const lasts = moment.lasts(isBegun || isOpen ? moment.atLeast(length) : length, time.moment(fromNs), time.moment(toNs));
    const who = ({tid, comm}: SwitchedThread) => (tid === 0 ? moment.idle : `${comm ?? ''} ${tid}`.trim());
    const facts = is === 'on'
      ? [previous && moment.ranBefore(who(previous)), isSeen ? moment.seenOn : null, isBroken ? moment.brokenOn : null, next && moment.ranAfter(who(next)), state === null ? null : moment.prevState(state)]
      : [state === null ? null : moment.prevState(state), next && moment.tookOver(who(next)), previous && moment.cameFor(who(previous)), isSeen ? moment.seenBack : null];
    return part(`${moment.cpu[is]} · ${lasts}`, 'state', chain, facts.filter((fact) => fact !== null).join(' · ') || null);
  };
  const ofWake = ({how, atNs, by, waitedNs}: Wake): CardPart => {
    const at = time.moment(atNs);
    const woken = (how === 'created' || how === 'unblocked') && by ? moment.wake[how](called(by), at) : how === 'syscall' || how === 'stopped' ? moment.wake[how](at) : moment.wake.unblockedByNone(at);
    return part(woken, 'quiet', null, Number.isNaN(waitedNs) ? moment.neverRan : moment.waited(figures.duration(waitedNs)));
  };
  const ofChange = (change: ChangeAt, more: number): CardPart[] => {
    const resized = change.kind === 'growth' || change.kind === 'shrink';
    const sign = change.kind === 'growth' ? '▲ ' : change.kind === 'shrink' ? '▼ ' : '';
    const sizes = resized ? moment.sizes(size(change.oldBytes), size(change.newBytes)) : size(change.kind === 'initial' ? change.newBytes : change.oldBytes);
    const known = change.stackFrom === 'sample' ? moment.fromSample : change.stackFrom === null ? moment.notRecorded : change.stackDistanceNs < 0 ? moment.eventBefore(figures.duration(-change.stackDistanceNs)) : moment.eventAfter(figures.duration(change.stackDistanceNs));
    return [
      part(`${sign}${moment.changes[change.kind]} ${sizes} · ${time.exact(change.timeNs)}`, change.kind === 'growth' ? 'growth' : null),
      ...(resized ? [part(moment.copyTook(figures.duration(change.durationNs)), null, change.chain, known)] : []),
      ...(more > 0 ? [part(moment.moreChanges(figures.count(more)), 'quiet')] : []),
    ];
  };
  return (answer) => {
    const {state, cpu, wake, change, sample, inGroup, life, goroutine, place} = answer;
    const parts: CardPart[] = [];
    if (life === 'before' || life === 'after') parts.push(part(moment[life], 'quiet'));
    if (goroutine && place.kind !== 'goroutine') parts.push(part(called(goroutine)));
    if (change) parts.push(...ofChange(change, answer.changesInReach - 1));
    if (state) parts.push(ofState(state, answer));
    if (cpu) parts.push(ofCpu(cpu));
    if (wake) parts.push(ofWake(wake));
    if (sample) {
      const shows = sample.shows === null ? '' : ` · ${moment.shows[sample.shows as keyof typeof moment.shows]}`;
      const used = Number.isNaN(sample.usedBytes) ? '' : ` · ${moment.inUse(figures.bytes(sample.usedBytes))}`;
      const whose = place.kind === 'event' && !Number.isNaN(sample.tid) ? ` · ${`${sample.comm ?? ''} ${sample.tid}`.trim()}` : '';
      const note = [...sample.arguments, ...(sample.chain ? [] : [moment.noChain])].join(' · ');
      parts.push(part(`${moment.sample(sample.event)}${shows}${used}${whose} · ${time.exact(sample.timeNs)}`, sample.shows === 'growth' ? 'growth' : null, sample.chain, note || null));
      if (answer.samplesInReach > 1) parts.push(part(moment.moreSamples(figures.count(answer.samplesInReach - 1)), 'quiet'));
    }
    for (const {name, fromNs, toNs} of answer.spans) parts.push(part(Number.isNaN(toNs) ? moment.spanOpen(name) : moment.span(name, moment.lasts(figures.duration(toNs - fromNs), time.moment(fromNs), time.moment(toNs))), 'quiet'));
    for (const {timeNs, text} of answer.messages) parts.push(part(`${text} · ${time.exact(timeNs)}`));
    const series = answer.values.map((value) => moment.value(moment.series[value.series as keyof typeof moment.series], Number.isNaN(value.value) ? moment.noValue : amount(value.series, value.value)));
    if (series.length > 0) parts.push(part(series.join(' · ')));
    if (inGroup) {
      const unknown = inGroup.alive - inGroup.sized;
      const bytes = inGroup.sized === 0 ? moment.groupNoBytes : moment.groupBytes(figures.bytes(inGroup.sumBytes), figures.bytes(inGroup.mostBytes));
      parts.push(part(moment.alive(figures.count(inGroup.alive)), null, null, inGroup.alive === 0 ? null : [bytes, inGroup.sized > 0 && unknown > 0 ? moment.groupUnknown(figures.count(unknown)) : ''].filter((fact) => fact !== '').join(' · ')));
    }
    return parts;
  };
}
