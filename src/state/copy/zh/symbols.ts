/** Simplified Chinese: what binaries name, which are missing, and calls that the compiler inlined. */
import type {Copy} from '../en.ts';

export const symbols: Copy['symbols'] = {
  inlined: {
    word: '内联',
    partly: '部分内联',
    all: '已被编译器内联到调用者中',
    some: '其中一些调用已被编译器内联到调用者中',
  },
};
