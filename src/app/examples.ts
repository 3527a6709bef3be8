/** The recordings that the app ships; the build copies them beside the page, see vite.config.ts. */
import list from '../../examples/examples.json';
import type {Example} from '../views/start/example.ts';

/** Addresses of the pictures, by `<id>-<theme>.svg`; the build puts them among its own files. */
const pictures = import.meta.glob<string>('../../examples/pictures/*.svg', {eager: true, query: '?url', import: 'default'});
const picture = (id: string, theme: string) => pictures[`../../examples/pictures/${id}-${theme}.svg`];

export const examples: readonly Example[] = list.map(({id, files}) => ({
  id,
  files: files.map(({name, path}) => ({name: `${id}/${name}`, url: new URL(`examples/${path}`, document.baseURI).href})),
  bytes: files.reduce((sum, {bytes}) => sum + bytes, 0),
  pictures: {light: picture(id, 'light'), dark: picture(id, 'dark')},
}));
