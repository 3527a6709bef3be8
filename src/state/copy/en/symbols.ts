/** English: what binaries name, which are missing, and calls that the compiler inlined. */

export const symbols = {
  inlined: {
    word: 'inlined',
    partly: 'partly inlined',
    all: 'inlined by the compiler into its caller',
    some: 'some of these calls are inlined by the compiler into their callers',
  },
};
