/**
 * Names of functions as people read them. What a linker or compiler adds goes, the end of the name stays:
 *
 *   net/http.(*conn).serve                      http.(*conn).serve
 *   github.com/a/b/v2.F[go.shape.int]           b.F[int]
 *   runtime.morestack.abi0                      runtime.morestack
 *   slices.SortFunc[...]                        slices.SortFunc[…]
 *   std::vector<int>::push_back(int const&)     as it is
 */

/** The package of a Go function: up to the first dot after the last slash of its path; empty where there is none. */
export function packageOf(name: string): string {
  // Receivers and type arguments may hold paths of their own.
  const own = name.split(/[([]/, 1)[0];
  const dot = own.indexOf('.', own.lastIndexOf('/') + 1);
  return dot < 0 ? '' : own.slice(0, dot);
}

/** A version at the end of a path is no name: `github.com/a/b/v2` is package b, `gopkg.in/yaml.v3` is yaml. */
const VERSION = /^v\d+$/;
const PATH = /(?:[\w.~%-]+\/)+[\w.~%-]+/g;

/** The name without path, ABI, and shapes of type arguments; the same text where it is not a Go name. Never longer than the name. */
export function shortName(name: string): string {
  // C++ and Rust bear their paths in ::, templates and argument lists; a file in brackets is no function.
  if (name.includes('::') || name.startsWith('[') || /[<>]/.test(name.replace(/<-|chan<-|->/g, ''))) return name;
  return name
    .replace(/\.abi(?:0|internal)$/i, '')
    .replace('[...]', '[…]')
    .replaceAll('go.shape.', '')
    .replace(PATH, lastPart);
}

/** `github.com/a/b/v2.F` -> `b.F`. */
function lastPart(path: string): string {
  const parts = path.split('/');
  const last = parts[parts.length - 1];
  const dot = last.indexOf('.');
  const own = dot < 0 ? last : last.slice(0, dot);
  if (!VERSION.test(own) || parts.length < 2) return last.replace(/^([\w~%-]+)\.v\d+(?=\.|$)/, '$1');
  return parts[parts.length - 2] + (dot < 0 ? '' : last.slice(dot));
}
