/** Recordings that the app ships, each with a picture of what opening it shows. */
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import type {Example} from './example.ts';

/** The pictures' own size; the page scales them. */
const WIDTH = 320;
const HEIGHT = 128;

export function Examples({examples}: {readonly examples: readonly Example[]}) {
  const copy = useCopy();
  const figures = useFigures();
  const openFiles = useStore((state) => state.openFiles);
  return (
    <section aria-labelledby="start-examples">
      <h2 id="start-examples">{copy.start.examples}</h2>
      <ul className="start-examples">
        {examples.map(({id, files, bytes, pictures}) => {
          const [title, about] = copy.start.exampleNames[id] ?? [id, ''];
          return (
            <li key={id}>
              <button type="button" className="start-example" onClick={() => openFiles(files)}>
                {/* Lazy: of the two only the one that is shown is fetched. */}
                {(['light', 'dark'] as const).map((theme) => <img key={theme} className={`start-picture-${theme}`} src={pictures[theme]} width={WIDTH} height={HEIGHT} loading="lazy" alt="" />)}
                <strong>{title}</strong>
                <small>{figures.bytes(bytes)}</small>
                <span>{about}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <p className="start-note">{copy.start.examplesLead}</p>
    </section>
  );
}
