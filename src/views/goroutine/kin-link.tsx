/** Another goroutine by its number and start function: a way to its story. */
import {shortName} from '../../base/short-name.ts';
import type {Kin} from '../../derive/goroutine/shape.ts';
import {useCopy, useStore} from '../../state/use-store.ts';

export function KinLink({source, kin: {goroutine, id, startFunction}}: {readonly source: number; readonly kin: Kin}) {
  const copy = useCopy();
  const chooseGoroutine = useStore((state) => state.chooseGoroutine);
  return (
    <button type="button" className="kin" title={startFunction ?? undefined} onClick={() => chooseGoroutine({source, goroutine})}>
      {copy.timeline.goroutine(id)}{startFunction === null ? null : <> <code>{shortName(startFunction)}</code></>}
    </button>
  );
}
