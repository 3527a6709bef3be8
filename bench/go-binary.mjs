/** A large Go program, by no one's hand: packages of functions that format, sort and inline. Built, it is about 100 MB with its debug information. */
import {mkdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {spawnSync} from 'node:child_process';

const PACKAGES = 108;
const FUNCTIONS = 360;

/** Writes the sources to `folder` and the binary to `path`. Takes minutes. Gives how the build ended. */
export function writeGoBinary(folder, path) {
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'go.mod'), 'module example.com/large\n\ngo 1.21\n');
  const names = Array.from({length: PACKAGES}, (_, i) => `part${i}`);
  for (const name of names) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'part.go'), `package ${name}\n\nimport (\n\t"fmt"\n\t"sort"\n\t"strings"\n)\n${SHARED}${Array.from({length: FUNCTIONS}, (_, i) => functionText(i)).join('')}
var All = []func(*T, int) int{${Array.from({length: FUNCTIONS}, (_, i) => `F${i}`).join(', ')}}\n`);
  }
  writeFileSync(join(folder, 'main.go'), `package main\n\nimport (\n\t"os"\n${names.map((name) => `\t"example.com/large/${name}"\n`).join('')})\n
func main() {\n\tn := 0\n${names.map((name) => `\tfor _, f := range ${name}.All {\n\t\tn += f(${name}.New(), len(os.Args))\n\t}\n`).join('')}\tos.Exit(n & 1)\n}\n`);
  return spawnSync('go', ['build', '-o', path, '.'], {cwd: folder, stdio: 'inherit'});
}

const SHARED = `
type T struct {
	m map[string]int
	s []string
}

func New() *T { return &T{m: map[string]int{}} }

func (t *T) add(k string, v int) int {
	t.m[k] += v
	t.s = append(t.s, k)
	return t.m[k]
}

func clamp(a, low, high int) int {
	if a < low {
		return low
	}
	if a > high {
		return high
	}
	return a
}

func twice(a int) int { return clamp(a*2, 0, 1<<20) }
`;

function functionText(i) {
  return `
func F${i}(t *T, n int) int {
	s := 0
	for i := 0; i < n; i++ {
		k := fmt.Sprintf("k%d-${i}", i)
		s += t.add(strings.ToUpper(k), twice(i)+clamp(n, ${i}, ${i + 9}))
		if strings.HasPrefix(k, "x${i}") {
			s += len(strings.Split(k, "-")) + twice(s)
		}
		switch {
		case s > ${i * 7}:
			s -= twice(n)
		case s < -5:
			s += clamp(s, -9, 9)
		default:
			t.s = append(t.s, strings.Repeat(k, 2))
		}
	}
	sort.Slice(t.s, func(i, j int) bool { return len(t.s[i]) < twice(len(t.s[j])) })
	for k, v := range t.m {
		if v > ${i} {
			delete(t.m, k)
			s += strings.Index(k, "q")
		}
	}
	return s
}
`;
}
