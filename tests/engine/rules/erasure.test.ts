// Who was erased and registers anew is a customer again: at once where everything of before is surely gone, and else as soon as it is.
import { beforeEach, describe, expect, it } from 'vitest';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { STRAGGLERS_MILLIS } from '#lib/engine/rules/erasure.ts';
import { manifest, pause } from '../../laws/world/journeys.ts';
import { Bench } from '../bench.ts';

const RETURNED = 'Customer Returned';
const MINUTE = 60_000;

let ada: Bench;
let erasedAt: Instant;
beforeEach(() => {
  ada = new Bench([manifest('again', RETURNED, { rest: pause('1 day', null) })]);
  ada.identify({ email: 'ada@example.com' });
  ada.decide({ kind: 'erase', by: 'customer' });
  ada.decide({ kind: 'removed', begun: ada.now });
  erasedAt = ada.now;
});

/** As it reaches the document: with the id of the applications, which a tombstone does not know. */
function tell(event: string, at: Instant = ada.now, id = event): void {
  const { erased } = ada.document;
  if (erased !== undefined) ada.document = { ...ada.document, external: { user: 'ada' } };
  ada.event(event, {}, { id, at });
}

function minutes(count: number): void {
  ada.now = addMillis(ada.now, count * MINUTE);
}

function removedForSure(): void {
  ada.now = addMillis(erasedAt, STRAGGLERS_MILLIS);
  ada.decide({ kind: 'removed', begun: ada.now });
}

describe('Customer Returned', () => {
  it('within a quarter of an hour after the erasure is kept, and holds when everything of before is gone', () => {
    minutes(5);
    const back = ada.now;
    tell(RETURNED);
    expect(ada.document).toMatchObject({ erased: { removal: 'done', returns: { at: back, user: 'ada' } } });
    expect(ada.document.external).toEqual({ user: '' });
    removedForSure();
    expect(ada.document).toMatchObject({ external: { user: 'ada' }, traits: {}, returned: back });
    expect(ada.document.erased).toBeUndefined();
    // Journeys hear of it, as of every event.
    expect(Object.values(ada.document.runs)).toMatchObject([{ journey: 'again' }]);
    ada.identify({ email: 'old@example.com' }, { at: addMillis(back, -MINUTE) });
    expect(ada.document.traits).toEqual({});
    ada.identify({ email: 'new@example.com' });
    expect(ada.document.traits).toMatchObject({ email: { value: 'new@example.com' } });
  });

  it('told again changes nothing, and what else is told meanwhile is not heard', () => {
    minutes(5);
    tell(RETURNED);
    const { document } = ada;
    minutes(1);
    tell(RETURNED, ada.now, 'again');
    tell('Signed Up');
    expect(ada.document).toMatchObject({ erased: document.erased, revision: document.revision });
  });

  it('of before the erasure brings nobody back', () => {
    minutes(5);
    tell(RETURNED, addMillis(erasedAt, -1));
    removedForSure();
    expect(ada.document.erased).toMatchObject({ removal: 'sure' });
  });

  it('that waits is taken back by another erasure, which it cannot undo by coming a second time', () => {
    minutes(5);
    const back = ada.now;
    tell(RETURNED);
    minutes(2);
    ada.decide({ kind: 'erase', by: 'customer' });
    expect(ada.document.erased).toEqual({ at: ada.now, by: 'customer', removal: 'wanted' });
    erasedAt = ada.now;
    tell(RETURNED, back);
    removedForSure();
    expect(ada.document.erased).toMatchObject({ removal: 'sure' });
    expect(JSON.stringify(ada.document)).not.toContain('ada"');
  });
});
