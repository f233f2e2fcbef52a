/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import { expect, it } from 'vitest';
import { stepOrder } from '#lib/simulator/step-order.ts';
import { compileJourneys, CART } from './small-shop.ts';

const wait = (id: string) => ({ id, type: 'wait', for: '1 hour' });

it('steps are in the order of reading: arms one after the other, then what they lead to', () => {
  const branch = {
    id: 'which',
    type: 'branch',
    cases: [{ name: 'a', when: { 'profile.firstName': 'A' }, then: [wait('a1'), wait('a2')] }],
    otherwise: [wait('b1')],
  };
  const again = { type: 'goto', step: 'first', atMost: 2 };
  const [compiled] = compileJourneys({
    cart: { ...CART, steps: [wait('first'), branch, wait('after'), again, wait('last')] },
  });
  const order = compiled === undefined ? [] : stepOrder(compiled.manifest.flow);
  expect(order.filter((id) => !id.includes('('))).toEqual([
    'first',
    'which',
    'a1',
    'a2',
    'b1',
    'after',
    'last',
  ]);
});

it('steps of the goal come last', () => {
  const goal = { event: 'Order Completed', then: [wait('thank'), wait('rest')] };
  const [compiled] = compileJourneys({ cart: { ...CART, goal, steps: [wait('first'), wait('last')] } });
  const { flow, goal: reached } = compiled?.manifest ?? {};
  const order = flow === undefined ? [] : stepOrder(flow, reached?.start);
  expect(order.filter((id) => !id.includes('('))).toEqual(['first', 'last', 'thank', 'rest']);
});
