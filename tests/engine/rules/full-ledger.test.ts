// While the ledger's table does not answer, the proof of a refusal is the last that is given up.
import { expect, it } from 'vitest';
import { MOST_UNWRITTEN } from '#lib/engine/budgets.ts';
import { Bench } from '../bench.ts';

function told(ada: Bench, count: number, granted: boolean): void {
  for (let index = 0; index < count; index += 1) {
    ada.minutes(1);
    ada.event('Consent Changed', { topic: '*', channel: 'email', granted });
  }
}

it('a refusal takes the place of the oldest grant', () => {
  const ada = new Bench([]);
  told(ada, MOST_UNWRITTEN, true);
  const oldest = ada.document.ledger?.[0]?.id;
  told(ada, 1, false);
  expect(ada.document.ledger).toHaveLength(MOST_UNWRITTEN);
  expect(ada.document.ledger?.at(-1)).toMatchObject({ what: 'refused', effect: 'changed' });
  expect(ada.document.ledger?.some(({ id }) => id === oldest)).toBe(false);
});

it('no grant takes the place of a refusal', () => {
  const ada = new Bench([]);
  told(ada, MOST_UNWRITTEN, false);
  told(ada, 1, true);
  expect(ada.document.ledger?.map(({ what }) => what)).toEqual(Array<string>(MOST_UNWRITTEN).fill('refused'));
});
