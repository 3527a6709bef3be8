/** The time line as hands meet it: places on the lanes, the card beside the pointer, what is said of the cursor. */
import {expect, type App} from './app.ts';

export class Time {
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** A point of the lanes: share of their width, pixels under the axis. */
  async at(share: number, y: number): Promise<{x: number; y: number}> {
    const box = await this.#app.page.locator('.time-layer').boundingBox();
    if (!box) throw new Error('no lanes');
    return {x: Math.round(box.x + box.width * share), y: box.y + 22 + y};
  }

  /** The middle of a lane's height, by its name. */
  async lane(name: string | RegExp, share: number): Promise<{x: number; y: number}> {
    const box = await this.#app.lanes.getByRole('treeitem', {name}).first().boundingBox();
    if (!box) throw new Error('no such lane');
    return {x: (await this.at(share, 0)).x, y: box.y + box.height / 2};
  }

  async point(to: {x: number; y: number}): Promise<void> {
    await this.#app.page.mouse.move(to.x, to.y);
    await this.#app.atRest();
  }

  /** Press at one point, release at another. */
  async drag(from: {x: number; y: number}, to: {x: number; y: number}, button: 'left' | 'middle' = 'left'): Promise<void> {
    const {mouse} = this.#app.page;
    await mouse.move(from.x, from.y);
    await this.#app.atRest();
    await mouse.down({button});
    await mouse.move((from.x + to.x) / 2, to.y);
    await mouse.move(to.x, to.y);
    await this.#app.atRest();
    await mouse.up({button});
    await this.#app.atRest();
  }

  get card() {
    return this.#app.page.locator('.moment-card');
  }

  get kept() {
    return this.#app.page.getByRole('dialog', {name: 'What is here'});
  }

  /** What was said last of the cursor and the ruler. */
  get said() {
    return this.#app.page.getByRole('log');
  }

  /** Time on the card, in nanoseconds since start. */
  async pointedNs(): Promise<number> {
    const text = await this.card.locator('.card-head span').innerText();
    const ms = /^([\d,]+\.\d{6}) ms$/.exec(text);
    expect(ms, text).not.toBeNull();
    return Math.round(Number(ms![1].replaceAll(',', '')) * 1e6);
  }

  get clock() {
    return this.#app.page.getByLabel('Clock of the axis');
  }
}
