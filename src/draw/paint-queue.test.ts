/** Who is painted in which frame. */
import {expect, test} from 'vitest';
import {PaintQueue} from './paint-queue.ts';

/** A queue whose frames come when the test says so, and where a picture takes as long as it says. */
function drawnQueue() {
  const asked: (() => void)[] = [];
  const posted: (() => void)[] = [];
  const painted: string[] = [];
  let nowMs = 0;
  const queue = new PaintQueue((run) => asked.push(run), () => nowMs, (run) => posted.push(run));
  const owners = new Map<string, object>();
  const ownerOf = (name: string) => owners.get(name) ?? owners.set(name, {}).get(name)!;
  return {
    queue, asked, ownerOf,
    paint: (name: string, tookMs = 1, text = name) => queue.paint(ownerOf(name), () => {
      painted.push(text);
      nowMs += tookMs;
    }),
    paintAhead: (name: string) => queue.paintAhead(ownerOf(name), () => painted.push(name)),
    task: () => {
      posted.shift()?.();
      return painted.splice(0);
    },
    frame: () => {
      for (const run of asked.splice(0)) run();
      return painted.splice(0);
    },
  };
}

test('pictures that are quick are all painted in one frame, in the order in which they asked', () => {
  const {paint, frame, queue} = drawnQueue();
  for (const name of ['lanes', 'overview', 'flame']) paint(name);
  expect(frame()).toEqual(['lanes', 'overview', 'flame']);
  expect(queue.isEmpty).toBe(true);
});

test('behind a picture that takes long the others wait for the next frame', () => {
  const {paint, frame} = drawnQueue();
  paint('flame', 30);
  paint('lanes', 30);
  paint('overview');
  expect([frame(), frame(), frame()]).toEqual([['flame'], ['lanes'], ['overview']]);
});

test('a picture that has waited is painted before one that is slow in every frame', () => {
  const {paint, frame} = drawnQueue();
  paint('lanes', 30);
  paint('overview');
  expect(frame()).toEqual(['lanes']);
  paint('lanes', 30);
  expect(frame()).toEqual(['overview', 'lanes']);
});

test('of one owner the latest is painted, once, and no frame is asked for twice', () => {
  const {paint, frame, asked} = drawnQueue();
  paint('lanes', 1, 'old');
  paint('lanes', 1, 'new');
  expect(asked).toHaveLength(1);
  expect(frame()).toEqual(['new']);
  expect(asked).toHaveLength(0);
});

test('what is dropped is not painted, even by one painted before it in the same frame', () => {
  const {paint, frame, queue, ownerOf} = drawnQueue();
  queue.paint({}, () => queue.drop(ownerOf('lanes')));
  paint('lanes');
  expect(frame()).toEqual([]);
});

test('what a picture asks for while it is painted is of the next frame', () => {
  const {queue, asked, frame, paint} = drawnQueue();
  queue.paint({}, () => paint('again'));
  expect(frame()).toEqual([]);
  expect(asked).toHaveLength(1);
  expect(frame()).toEqual(['again']);
});

test('a picture that cannot be painted holds up none of the others', () => {
  const {queue, frame, paint} = drawnQueue();
  queue.paint({}, () => {
    throw new Error('no canvas');
  });
  paint('lanes');
  expect(frame).toThrow('no canvas');
  expect(frame()).toEqual(['lanes']);
});

test('a picture that comes when nobody waits is painted ahead of the frame, and one behind others in line', () => {
  const {paint, paintAhead, frame, asked, task} = drawnQueue();
  paintAhead('flame');
  expect([frame(), asked.length]).toEqual([['flame'], 0]);
  paint('lanes', 30);
  paintAhead('flame');
  expect([frame(), frame(), task()]).toEqual([['lanes'], ['flame'], []]);
});

test('where the frame is late, a picture that can be painted ahead is, in a task of its own, and the others are painted in the frame', () => {
  const {paint, paintAhead, frame, task, queue, ownerOf} = drawnQueue();
  paint('lanes');
  paintAhead('flame');
  expect([task(), frame()]).toEqual([['flame'], ['lanes']]);
  paint('lanes');
  paintAhead('flame');
  queue.drop(ownerOf('flame'));
  expect([task(), frame()]).toEqual([[], ['lanes']]);
});

test('of two pictures of one owner that can be painted ahead only the later is', () => {
  const {paint, paintAhead, task, frame} = drawnQueue();
  paint('lanes');
  paintAhead('flame');
  paintAhead('flame');
  expect([task(), task(), frame()]).toEqual([[], ['flame'], ['lanes']]);
});
