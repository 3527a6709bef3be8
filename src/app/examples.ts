/** The recordings that the app ships; the build copies them beside the page, see vite.config.ts. */
import list from '../../examples/examples.json';
import type {Example} from '../views/start/view.tsx';

export const examples: readonly Example[] = list.map(({id, files}) => ({
  id,
  files: files.map(({name, path}) => ({name: `${id}/${name}`, url: new URL(`examples/${path}`, document.baseURI).href})),
  bytes: files.reduce((sum, {bytes}) => sum + bytes, 0),
}));
