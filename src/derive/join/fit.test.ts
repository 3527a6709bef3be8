/** How well a source fits a trace: its roots against the start functions of the goroutines that run there. */
import {expect, test} from 'vitest';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {traceFromText, type DrawnSamples} from '../../testing/trace-from-text.ts';

const goTrace = goTraceFromText(`
                10us    20us    30us    40us
  G1 main.main  run M7  wait
  G2 main.work          run M7  wait
  G3                            run M7  wait
`);

const fitOf = (drawing: string, drawn: DrawnSamples = {tid: 7}) => {
  const session = sessionOf([goTrace, traceFromText(drawing, drawn)]);
  return session.fit(session.source(2)!);
};

test('a whole chain matches when one of its three outermost functions is the start function of its goroutine', () => {
  expect(fitOf(`
    11us            12us            13us            14us            21us
    runtime.goexit  runtime.goexit  runtime.goexit  runtime.goexit  runtime.goexit
    main.main       main.a          main.a          main.a          main.main
                    main.b          main.b          main.b
                    main.main       main.c
                                    main.main
  `)).toEqual({sharedThreads: 1, compared: 5, matching: 2});
});

test('a chain also matches when its outermost function is a wrapper made in the goroutine’s creator, and no other’s', () => {
  const trace = goTraceFromText(`
                  0us     10us                               20us    30us
    G1 main.main  run M7
    G2 main.work          ready {main.main;main.open} by G1  run M8  wait
  `);
  const perf = traceFromText(`
    21us            22us
    runtime.goexit  runtime.goexit
    main.x.gowrap2  main.open.gowrap2
  `, {tid: 8});
  const session = sessionOf([trace, perf]);
  expect(session.fit(session.source(2)!)).toMatchObject({compared: 2, matching: 1});
});

test('a chain that does not begin at goexit is not compared: cut, lost, or on a system stack', () => {
  expect(fitOf(`
    11us       12us               13us           14us
    main.main  runtime.morestack  runtime.mcall  main.other
               runtime.newstack   main.main      runtime.goexit
                                                 main.main
  `)).toEqual({sharedThreads: 1, compared: 0, matching: 0});
});

test('the suffix of the linker does not keep names apart', () => {
  expect(fitOf(`
    11us                 12us
    runtime.goexit.abi0  runtime.goexit
    main.main            main.main.abi0
  `)).toEqual({sharedThreads: 1, compared: 2, matching: 2});
});

test('what has no stack, no goroutine or no known start function is not compared', () => {
  expect(fitOf(`
    11us  25us            31us            39.5us          35us
          runtime.goexit  runtime.goexit  runtime.goexit  runtime.goexit
          main.main       main.main       main.main       main.main
  `, {tid: [7, 8, 7, 9, 7]})).toEqual({sharedThreads: 1, compared: 0, matching: 0});
});

test('there is no fit to a trace on another axis, nor of a trace to itself', () => {
  expect(fitOf('11us', {tid: 7, clock: {known: 'default', name: 'perf'}})).toBeNull();
  const session = sessionOf([goTraceFromText('     0us\nG1   run M7', {cpuSamples: '0us G1 M7 main.main'})]);
  expect(session.fit(session.source(1)!)).toBeNull();
});
