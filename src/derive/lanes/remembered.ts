/** Keeps what was computed for a session, the last few answers a kind: panning and scrolling ask again and again about the same rows. */
import type {Session} from '../derivation.ts';

/** Brushing asks with one range after another; older ones are not asked about again soon. */
const KEPT = 4;

export function remembered<T>(known: WeakMap<Session, Map<string, T>>, session: Session, key: string, make: () => T): T {
  let ofSession = known.get(session);
  if (!ofSession) known.set(session, (ofSession = new Map()));
  const found = ofSession.get(key);
  if (found !== undefined) return found;
  const made = make();
  if (ofSession.size >= KEPT) ofSession.delete(ofSession.keys().next().value!);
  ofSession.set(key, made);
  return made;
}
