/** Tells those who listen what changed elsewhere on the page: a file was read, another range is selected. */
import {useEffect, useRef} from 'react';
import {useBinaries} from '../state/use-binaries.ts';
import {useBinaryText} from '../state/use-binary-text.ts';
import {useScope} from '../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../state/use-store.ts';
import {useTimeText} from '../state/use-time-text.ts';
import {useAnnounce} from '../views/ui/announce.tsx';

/** A handle that is held down says where it came to rest, not each step. */
const REST_MS = 500;

export function Announcements() {
  const copy = useCopy();
  const figures = useFigures();
  const time = useTimeText();
  const announce = useAnnounce();
  const scope = useScope();
  const sources = useStore((state) => state.sources);
  const told = useRef(new Set<number>());
  useEffect(() => {
    const read = sources.filter(({id, phase}) => phase === 'open' && !told.current.has(id));
    for (const {id} of read) told.current.add(id);
    if (read.length > 0) announce(copy.address.read(read.map(({name}) => name).join(', ')));
  }, [sources, announce, copy]);

  const binaries = useBinaries();
  const binaryText = useBinaryText();
  const toldUse = useRef(new Map<number, string>());
  useEffect(() => {
    // Also when a capture comes after it, and when its names go with a capture.
    const uses = (binaries?.open ?? []).map((binary) => ({id: binary.id, text: copy.symbols.opened(binary.name, [binaryText.use(binary), ...binary.refusals.map(binaryText.refusal)].join('. '))}));
    const fresh = uses.filter(({id, text}) => toldUse.current.get(id) !== text);
    toldUse.current = new Map(uses.map(({id, text}) => [id, text]));
    if (fresh.length > 0) announce(fresh.map(({text}) => text).join('. '));
  }, [binaries, binaryText, announce, copy]);

  const range = scope?.range ?? null;
  const selected = range ? copy.status.selected(time.moment(range.fromNs), time.moment(range.toNs), figures.duration(range.toNs - range.fromNs)) : null;
  const before = useRef(selected);
  useEffect(() => {
    if (before.current === selected) return undefined;
    const timer = setTimeout(() => {
      before.current = selected;
      announce(selected ?? copy.address.allSelected);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [selected, announce, copy]);
  return null;
}
