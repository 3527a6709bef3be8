/** Files that were open before, where the browser can open them again. Elsewhere nothing stands here. */
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';

export function RecentFiles() {
  const copy = useCopy();
  const figures = useFigures();
  const recent = useStore((state) => state.recent);
  const openRecent = useStore((state) => state.openRecent);
  const forgetRecent = useStore((state) => state.forgetRecent);
  if (recent.length === 0) return null;
  return (
    <section className="start-recent" aria-labelledby="start-recent">
      <h2 id="start-recent">{copy.opening.recent}</h2>
      <ul>
        {recent.map(({id, name, sizeBytes, openedMs, problem}) => (
          <li key={id}>
            <button type="button" className="start-recent-file" aria-label={copy.opening.open(name)} onClick={() => void openRecent(id)}>
              <strong>{name}</strong>
              <span>{problem ? copy.opening.problems[problem] : `${figures.bytes(sizeBytes)} · ${figures.date(openedMs)}`}</span>
            </button>
            <button type="button" className="start-forget" aria-label={copy.opening.forget(name)} title={copy.opening.forget(name)} onClick={() => forgetRecent(id)}><span aria-hidden="true">×</span></button>
          </li>
        ))}
      </ul>
      <p className="start-note">{copy.opening.recentNote} <Button look="quiet" onClick={() => forgetRecent(null)}>{copy.opening.forgetAll}</Button></p>
    </section>
  );
}
