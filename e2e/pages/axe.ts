/** What axe finds on the page as it is, all rules: nothing. */
import AxeBuilder from '@axe-core/playwright';
import {expect, type App} from './app.ts';

export async function axeFindsNothing({page}: App): Promise<void> {
  const {violations} = await new AxeBuilder({page}).analyze();
  expect(violations.map(({id, nodes}) => `${id}: ${nodes.map(({html}) => html).join(' ')}`)).toEqual([]);
}
