/** What the worker is at, once that takes long enough to be worth a word. */
import {useEffect, useState} from 'react';
import type {DerivationId} from '../derive/registry.ts';
import {useStore} from './use-store.ts';

const LONG_MS = 2000;

/** null: it is idle, or at something since less than two seconds. */
export function useLongWork(): DerivationId | null {
  const work = useStore((state) => state.work);
  const [longId, setLongId] = useState(-1);
  useEffect(() => {
    if (!work) return undefined;
    const timer = setTimeout(() => setLongId(work.id), LONG_MS);
    return () => clearTimeout(timer);
  }, [work]);
  return work && work.id === longId ? work.derivation : null;
}
