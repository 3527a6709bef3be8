/** The words of C++'s mangling (Itanium C++ ABI §5.1) that are told by a code of one or two letters. */

/** Builtin types. */
export const BUILTIN: Readonly<Record<string, string>> = {
  a: 'signed char', b: 'bool', c: 'char', d: 'double', e: 'long double', f: 'float', g: '__float128', h: 'unsigned char', i: 'int', j: 'unsigned int',
  l: 'long', m: 'unsigned long', n: '__int128', o: 'unsigned __int128', s: 'short', t: 'unsigned short', v: 'void', w: 'wchar_t', x: 'long long',
  y: 'unsigned long long', z: '...',
};

export const BUILTIN_D: Readonly<Record<string, string>> = {
  f: 'decimal32', d: 'decimal64', e: 'decimal128', h: 'half', s: 'char16_t', i: 'char32_t', u: 'char8_t', n: 'decltype(nullptr)', a: 'auto', c: 'decltype(auto)',
};

/** What follows the digits of a number of a type that is told so; numbers of other types have it before them in parentheses. */
export const NUMBER_SUFFIX: Readonly<Record<string, string>> = {
  'int': '', 'unsigned int': 'u', 'long': 'l', 'unsigned long': 'ul', 'long long': 'll', 'unsigned long long': 'ull',
};

export const FLOATS: ReadonlySet<string> = new Set(['double', 'long double', 'float', '__float128']);

/** Names of the standard library with codes of their own: short, in full, and the class's name alone, as its constructors have it. */
export const STANDARD: Readonly<Record<string, readonly [short: string, full: string, last: string]>> = {
  a: ['std::allocator', 'std::allocator', 'allocator'],
  b: ['std::basic_string', 'std::basic_string', 'basic_string'],
  s: ['std::string', 'std::basic_string<char, std::char_traits<char>, std::allocator<char> >', 'basic_string'],
  i: ['std::istream', 'std::basic_istream<char, std::char_traits<char> >', 'basic_istream'],
  o: ['std::ostream', 'std::basic_ostream<char, std::char_traits<char> >', 'basic_ostream'],
  d: ['std::iostream', 'std::basic_iostream<char, std::char_traits<char> >', 'basic_iostream'],
};

/** Operators as they are written, and how many operands they have in an expression; 0: read in a way of their own, or only names. */
export const OPERATORS: Readonly<Record<string, readonly [written: string, operands: 0 | 1 | 2 | 3]>> = {
  'aN': ['&=', 2], 'aS': ['=', 2], 'aa': ['&&', 2], 'ad': ['&', 1], 'an': ['&', 2], 'aw': ['co_await ', 1], 'cl': ['()', 0], 'cm': [',', 2], 'co': ['~', 1],
  'dV': ['/=', 2], 'da': ['delete[] ', 1], 'de': ['*', 1], 'dl': ['delete ', 1], 'ds': ['.*', 2], 'dv': ['/', 2], 'eO': ['^=', 2], 'eo': ['^', 2],
  'eq': ['==', 2], 'ge': ['>=', 2], 'gt': ['>', 2], 'ix': ['[]', 0], 'lS': ['<<=', 2], 'le': ['<=', 2], 'ls': ['<<', 2], 'lt': ['<', 2], 'mI': ['-=', 2],
  'mL': ['*=', 2], 'mi': ['-', 2], 'ml': ['*', 2], 'mm': ['--', 1], 'na': ['new[]', 0], 'ne': ['!=', 2], 'ng': ['-', 1], 'nt': ['!', 1], 'nw': ['new', 0],
  'oR': ['|=', 2], 'oo': ['||', 2], 'or': ['|', 2], 'pL': ['+=', 2], 'pl': ['+', 2], 'pm': ['->*', 2], 'pp': ['++', 1], 'ps': ['+', 1], 'pt': ['->', 0],
  'qu': ['?', 3], 'rM': ['%=', 2], 'rS': ['>>=', 2], 'rm': ['%', 2], 'rs': ['>>', 2], 'ss': ['<=>', 2],
};

/** What is said about another name. */
export const ABOUT: Readonly<Record<string, string>> = {
  TV: 'vtable for ', TT: 'VTT for ', TI: 'typeinfo for ', TS: 'typeinfo name for ', TH: 'TLS init function for ', TW: 'TLS wrapper function for ', GV: 'guard variable for ',
};
