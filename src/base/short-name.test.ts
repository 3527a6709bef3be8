/** Names of functions, long and short: of Go, C, C++ and Rust. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {packageOf, shortName} from './short-name.ts';

test.each([
  ['main.main', 'main'],
  ['main.(*server).handle.func1', 'main'],
  ['net/http.HandlerFunc.ServeHTTP', 'net/http'],
  ['net/http.(*conn).serve', 'net/http'],
  ['github.com/a/b.v2/c.(*T[go.shape.int]).Do', 'github.com/a/b.v2/c'],
  ['github.com/a/b.Map[github.com/x/y.Key,int]', 'github.com/a/b'],
  ['main.(*cache[github.com/x/y.Key]).get', 'main'],
  ['slices.SortFunc[go.shape.[]main.row,go.shape.struct { main.a int }]', 'slices'],
  ['golang.org/x/net/http2.(*Framer).ReadFrame', 'golang.org/x/net/http2'],
  ['runtime.goexit.abi0', 'runtime'],
  ['malloc', ''],
  ['', ''],
])('the package of %s is “%s”', (name, own) => {
  expect(packageOf(name)).toBe(own);
});

test.each([
  ['net/http.(*conn).serve', 'http.(*conn).serve'],
  ['github.com/a/b/v2.F[go.shape.int]', 'b.F[int]'],
  ['github.com/a/b/v2/c.F', 'c.F'],
  ['gopkg.in/yaml.v3.Unmarshal', 'yaml.Unmarshal'],
  ['runtime.morestack.abi0', 'runtime.morestack'],
  ['main.(*server).handle.func1', 'main.(*server).handle.func1'],
  ['main.main.func1.2', 'main.main.func1.2'],
  ['slices.SortFunc[...]', 'slices.SortFunc[…]'],
  ['slices.SortFunc[go.shape.[]main.row,go.shape.struct { main.a int }]', 'slices.SortFunc[[]main.row,struct { main.a int }]'],
  ['main.(*cache[github.com/x/y.Key]).get', 'main.(*cache[y.Key]).get'],
  ['github.com/a/b.Map[github.com/x/y.Key,int]', 'b.Map[y.Key,int]'],
  ['golang.org/x/net/http2.(*Framer).ReadFrame', 'http2.(*Framer).ReadFrame'],
  ['encoding/json.(*decodeState).object', 'json.(*decodeState).object'],
  ['internal/runtime/syscall.Syscall6', 'syscall.Syscall6'],
  ['go:itab.*os.File,io.Reader', 'go:itab.*os.File,io.Reader'],
  ['std::vector<int, std::allocator<int> >::push_back(int const&)', 'std::vector<int, std::allocator<int> >::push_back(int const&)'],
  ['void a/b<int>(int)', 'void a/b<int>(int)'],
  ['core::ptr::drop_in_place', 'core::ptr::drop_in_place'],
  ['malloc', 'malloc'],
  ['_int_free.part.0', '_int_free.part.0'],
  ['[libc.so.6]', '[libc.so.6]'],
  ['', ''],
])('%s is read as %s', (name, short) => {
  expect(shortName(name)).toBe(short);
});

test('a short name is not made shorter, nor is any name made longer', () => {
  const part = fc.constantFrom('net', 'http', 'github.com', 'v2', 'b.v3', 'main', 'a-b');
  const names = fc.tuple(fc.array(part, {minLength: 1, maxLength: 4}), fc.constantFrom('F', '(*T).m', 'F[go.shape.int]', 'f.func1', 'm.abi0', 'G[a/b.T]')).map(([path, own]) => `${path.join('/')}.${own}`);
  fc.assert(fc.property(fc.oneof(names, fc.string()), (name) => {
    const short = shortName(name);
    expect(shortName(short)).toBe(short);
    expect(short.length).toBeLessThanOrEqual(name.length);
  }));
});
