// Ways into a journey other than an event of its own: changed traits, requests, business events, schedules, dates.
import { describe, expect, it } from 'vitest';
import { addMillis } from '#lib/contracts/time.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import { manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

function lettingIn(
  trigger: EntryTrigger,
  more: Partial<UnnamedManifest['entry']> = {},
  name = 'journey',
): UnnamedManifest {
  return manifest(
    name,
    { trigger, reentry: { mode: 'always' }, ...more },
    { rest: pause('300 days', null) },
    {
      exits: [{ event: 'Left', reason: 'left' }],
    },
  );
}

/** When each entry was, in the order of decision. */
function entries({ log }: Bench): string[] {
  return log.filter(({ kind }) => kind === 'enters').map((entry) => entry.at);
}

function told(ada: Bench): string[] {
  return ada.told('enters', 'refuses');
}

describe('a trait that changes', () => {
  it('lets in when it becomes the value, and not when it is set to the same again', () => {
    const ada = new Bench([lettingIn({ kind: 'trait', trait: 'profile.plan', to: 'gold' })]);
    for (const plan of ['silver', 'gold', 'gold', 'silver', 'gold']) {
      ada.identify({ plan });
      ada.minutes(1);
    }
    expect(told(ada)).toEqual(['enters', 'enters']);
  });

  it('without a value every change counts that leaves one', () => {
    const ada = new Bench([lettingIn({ kind: 'trait', trait: 'profile.plan' })]);
    for (const plan of ['silver', 'silver', 'gold', null, 'gold']) {
      ada.identify({ plan });
      ada.minutes(1);
    }
    expect(told(ada)).toEqual(['enters', 'enters', 'enters']);
  });

  it('of a part of a trait only that part counts', () => {
    const ada = new Bench([lettingIn({ kind: 'trait', trait: 'profile.address.city' })]);
    for (const address of [
      { city: 'Bonn' },
      { city: 'Bonn', street: 'Main' },
      { city: 'Köln', street: 'Main' },
    ]) {
      ada.identify({ address });
      ada.minutes(1);
    }
    expect(told(ada)).toEqual(['enters', 'enters']);
  });

  it('the values before and after can be asked, and other traits do not count', () => {
    const where = { 'event.before': 'silver' };
    const ada = new Bench([lettingIn({ kind: 'trait', trait: 'profile.plan', to: 'gold' }, { where })]);
    ada.identify({ plan: 'gold' });
    ada.minutes(1);
    ada.identify({ plan: 'silver', tier: 'gold' });
    ada.minutes(1);
    ada.identify({ plan: 'gold' });
    expect(told(ada)).toEqual(['enters']);
  });
});

describe('a request of an application', () => {
  const onRequest = lettingIn({ kind: 'api' }, { key: 'event.order', reentry: { mode: 'after exit' } });

  it('lets into the journey that it names, once for each id and for each key', () => {
    const ada = new Bench([onRequest, lettingIn({ kind: 'api' }, {}, 'other')]);
    ada.event('Journey Requested', { journey: 'journey', order: 'o1' }, { id: 'request 1' });
    ada.event('Journey Requested', { journey: 'journey', order: 'o1' }, { id: 'request 1' });
    ada.event('Journey Requested', { journey: 'journey', order: 'o2' }, { id: 'request 2' });
    expect(ada.log.flatMap(({ kind, journey }) => (kind === 'enters' ? [journey] : []))).toEqual([
      'journey',
      'journey',
    ]);
  });

  it('for a journey that cannot be requested is told in the log', () => {
    const ada = new Bench([onRequest]);
    ada.event('Journey Requested', { journey: 'journeys' });
    expect(ada.told()).toEqual(['ignores no journey that can be requested by this name']);
  });
});

/** Whether the document is written. */
function hear(ada: Bench, properties: Record<string, unknown>, id = 'restock 1'): boolean {
  const { document } = ada;
  ada.decide({
    kind: 'audience',
    event: { kind: 'event', id, at: ada.now, received: ada.now, event: 'Restocked', properties },
  });
  return ada.document !== document;
}

describe('an event without a customer', () => {
  const audience = { 'profile.wishlist': { contains: { 'same as': 'event.product' } } };
  const restock = lettingIn(
    { kind: 'audience', event: 'Restocked', audience },
    { where: { 'event.stock': { gte: 5 } } },
  );
  it('lets in whom it concerns, once, and writes nothing of the others', () => {
    const ada = new Bench([restock]);
    ada.identify({ wishlist: ['lamp', 'chair'] });
    expect(hear(ada, { product: 'sofa', stock: 9 }, 'restock 0')).toBe(false);
    expect(hear(ada, { product: 'lamp', stock: 4 }, 'restock 1')).toBe(false);
    expect(hear(ada, { product: 'lamp', stock: 5 }, 'restock 2')).toBe(true);
    expect(hear(ada, { product: 'lamp', stock: 5 }, 'restock 2')).toBe(false);
    expect(told(ada)).toEqual(['enters']);
  });

  it('that was before the customer was heard of does not concern them', () => {
    const ada = new Bench([restock]);
    const before = addMillis(ada.now, -1);
    ada.identify({ wishlist: ['lamp'] });
    const event = { kind: 'event', id: 'r', at: before, received: before, event: 'Restocked' } as const;
    ada.decide({ kind: 'audience', event: { ...event, properties: { product: 'lamp', stock: 9 } } });
    expect(told(ada)).toEqual([]);
  });

  it('of a customer, by the same name, is another event', () => {
    const ada = new Bench([restock]);
    ada.identify({ wishlist: ['lamp'] });
    ada.event('Restocked', { product: 'lamp', stock: 9 });
    expect(told(ada)).toEqual([]);
  });
});

/** In and out of the segment, five times within a second. */
const flapping = (reentry: UnnamedManifest['entry']['reentry']): Bench => {
  const ada = new Bench([
    lettingIn({ kind: 'enters', segment: 'gold', existing: 'ignore' }, { reentry }),
    lettingIn({ kind: 'leaves', segment: 'gold' }, { reentry }, 'after'),
  ]);
  ada.define([{ id: 'gold', when: { 'profile.plan': 'gold' } }]);
  for (const plan of ['gold', 'none', 'gold', 'none', 'gold']) {
    ada.identify({ plan });
    ada.wait(200);
  }
  return ada;
};

describe('a segment that is left and entered again within a second', () => {
  it('lets in once where the customer is inside by then, and says why not again', () => {
    const ada = flapping({ mode: 'after exit' });
    const refused = ada.log.filter(({ kind }) => kind === 'refuses');
    expect(Object.values(ada.document.tallies).map(({ entered }) => entered)).toEqual([1, 1]);
    expect(refused.map(({ journey, reason }) => `${journey} ${reason}`)).toEqual([
      'journey already inside',
      'after already inside',
      'journey already inside',
    ]);
  });

  it('lets in at each time where the journey says so, and at none for a while where it says that', () => {
    const always = flapping({ mode: 'always' });
    expect(Object.values(always.document.tallies).map(({ entered }) => entered)).toEqual([3, 2]);
    const later = flapping({ mode: 'never' });
    expect(Object.values(later.document.tallies).map(({ entered }) => entered)).toEqual([1, 1]);
  });

  it('is told in its order: two moves at one instant are two moves', () => {
    const ada = new Bench([lettingIn({ kind: 'enters', segment: 'gold', existing: 'ignore' })]);
    ada.define([{ id: 'gold', when: { 'profile.plan': 'gold' } }]);
    ada.identify({ plan: 'gold' });
    ada.identify({ plan: 'silver' });
    expect(ada.told('joins', 'leaves', 'enters')).toEqual(['joins gold', 'enters', 'leaves gold']);
  });
});

describe('what is imported', () => {
  it('is known from then on, and lets nobody in, neither at once nor by being new', () => {
    const ada = new Bench([
      manifest('welcome', 'Customer Created', { rest: pause('1 day', null) }),
      manifest('signed', 'Signed Up', { rest: pause('1 day', null) }),
      lettingIn({ kind: 'trait', trait: 'profile.plan', to: 'gold' }),
    ]);
    const past = { at: ada.now, received: ada.now, history: true } as const;
    ada.decide({ kind: 'identify', id: 'i1', traits: { plan: 'gold' }, ...past });
    ada.decide({ kind: 'event', id: 'e1', event: 'Signed Up', properties: {}, ...past });
    expect(told(ada)).toEqual([]);
    expect(ada.document.traits['plan']?.value).toBe('gold');
    ada.event('Signed Up');
    expect(told(ada)).toEqual(['enters']);
  });
});

describe('a schedule in one zone', () => {
  const weekly = lettingIn(
    {
      kind: 'schedule',
      zone: 'Europe/Berlin',
      every: { rule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0' },
    },
    { where: { 'profile.plan': 'gold' } },
  );
  const monday = at('2026-03-09T08:00:00Z');

  it('lets in once at each occurrence, whoever fulfils the condition then, however often it is asked', () => {
    const ada = new Bench([weekly]);
    ada.identify({ plan: 'gold' });
    for (const occurrence of [monday, monday, at('2026-03-16T08:00:00Z'), monday]) {
      if (occurrence > ada.now) ada.wait(occurrence);
      ada.decide({ kind: 'scheduled', journey: 'journey', occurrence });
    }
    expect(entries(ada)).toEqual(['2026-03-09T08:00:00.000Z', '2026-03-16T08:00:00.000Z']);
    const { run } = ada;
    expect(run.entered).toBe(monday);
  });

  it('writes nothing of those whom it does not concern, and lets in nobody who came after it', () => {
    const ada = new Bench([weekly]);
    ada.wait(monday);
    ada.identify({ plan: 'silver' });
    const { document } = ada;
    ada.decide({ kind: 'scheduled', journey: 'journey', occurrence: monday });
    expect(ada.document).toBe(document);
    ada.minutes(1);
    ada.identify({ plan: 'gold' });
    ada.decide({ kind: 'scheduled', journey: 'journey', occurrence: at('2026-03-02T08:00:00Z') });
    expect(told(ada)).toEqual([]);
  });
});

describe("a schedule in the customer's zone", () => {
  const daily = lettingIn({
    kind: 'schedule',
    zone: 'customer',
    every: { rule: 'FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0' },
  });

  it('comes due at that time of their own day', () => {
    const ada = new Bench([daily]);
    ada.identify({ timezone: 'America/New_York' });
    expect(ada.document.due).toBe('2026-03-02T14:00:00.000Z');
    ada.wait(at('2026-03-02T14:00:00Z'));
    ada.decide({ kind: 'time' });
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-03-02T14:00:00.000Z']);
    expect(ada.document.due).toBe('2026-03-03T14:00:00.000Z');
  });

  it('after an outage only the latest missed one is made up, once', () => {
    const ada = new Bench([daily]);
    ada.identify({ timezone: 'Europe/Berlin' });
    ada.wait(at('2026-03-06T12:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-03-06T08:00:00.000Z']);
    ada.event('Anything');
    expect(entries(ada)).toHaveLength(1);
  });

  it('whoever moves west does not enter twice on one day, whoever moves east misses no day', () => {
    const ada = new Bench([daily]);
    ada.identify({ timezone: 'Europe/Berlin' });
    ada.wait(at('2026-03-03T08:30:00Z'));
    ada.identify({ timezone: 'America/New_York' });
    ada.wait(at('2026-03-03T20:00:00Z'));
    ada.identify({ timezone: 'Asia/Tokyo' });
    ada.wait(at('2026-03-04T00:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-03-03T08:00:00.000Z', '2026-03-04T00:00:00.000Z']);
  });

  it('in the gap of the clocks it is the first instant after it, in the fold the first of two', () => {
    const at0230 = lettingIn({
      kind: 'schedule',
      zone: 'customer',
      every: { rule: 'FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0' },
    });
    const ada = new Bench([at0230]);
    ada.wait(at('2026-03-28T20:00:00Z'));
    ada.identify({ timezone: 'Europe/Berlin' });
    expect(ada.document.due).toBe('2026-03-29T01:00:00.000Z');
    ada.wait(at('2026-10-24T20:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(ada.document.due).toBe('2026-10-25T00:30:00.000Z');
  });

  it('a journey that goes live meets those whom it finds from then on', () => {
    const ada = new Bench([]);
    ada.identify({ timezone: 'Europe/Berlin' });
    ada.wait(at('2026-03-06T12:00:00Z'));
    ada.deploy([daily]);
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual([]);
    expect(ada.document.due).toBe('2026-03-07T08:00:00.000Z');
  });

  it('once, on a day', () => {
    const ada = new Bench([lettingIn({ kind: 'schedule', zone: 'customer', at: '2026-03-05T09:00' })]);
    ada.identify({ timezone: 'Europe/Berlin' });
    ada.wait(at('2026-04-05T09:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-03-05T08:00:00.000Z']);
    expect(ada.document.due).toBeUndefined();
  });
});

describe('a date of the customer', () => {
  const birthday = lettingIn({ kind: 'date', of: 'profile.birthday', repeat: 'yearly', at: '09:00' });

  function after(traits: Record<string, unknown>, ...instants: string[]): Bench {
    const ada = new Bench([birthday]);
    ada.identify({ timezone: 'Europe/Berlin', ...traits });
    for (const instant of instants) {
      ada.wait(at(instant));
      ada.decide({ kind: 'time' });
    }
    return ada;
  }

  it('every year, at its time in the zone of the customer, once', () => {
    const ada = after(
      { birthday: '1990-05-01' },
      '2026-05-01T07:00:00Z',
      '2026-05-01T07:00:00Z',
      '2027-06-01T00:00:00Z',
    );
    expect(entries(ada)).toEqual(['2026-05-01T07:00:00.000Z', '2027-05-01T07:00:00.000Z']);
    expect(ada.run.event).toEqual({});
  });

  it('29 February is 28 February in other years', () => {
    const ada = after({ birthday: '1992-02-29' }, '2029-03-01T00:00:00Z');
    expect(entries(ada).map((text) => text.slice(0, 10))).toEqual(['2027-02-28', '2028-02-29', '2029-02-28']);
  });

  it('that passed today before it was known lets nobody in; one that is still to come does', () => {
    const early = after({ birthday: '1990-03-02' });
    expect(early.document.due).toBe('2027-03-02T08:00:00.000Z');
    const ada = new Bench([birthday]);
    ada.wait(at('2026-03-03T07:59:59.999Z'));
    ada.identify({ timezone: 'Europe/Berlin', birthday: '1990-03-03' });
    expect(ada.document.due).toBe('2026-03-03T08:00:00.000Z');
  });

  it('moves with the trait', () => {
    const ada = after({ birthday: '1990-05-01' });
    ada.minutes(1);
    ada.identify({ birthday: '1990-04-01' });
    ada.wait(at('2026-05-02T00:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-04-01T07:00:00.000Z']);
  });

  it.each([['soon'], [19900501], [null], ['1990-13-01'], [{ day: 1 }], ['0001-01-01']])(
    'that is none lets nobody in: %j',
    (value) => {
      expect(after({ birthday: value }).document.due).toBeUndefined();
    },
  );

  it('once, before it by an offset, at a time of day', () => {
    const reminder = { kind: 'date', of: 'profile.renewsOn', offset: '14 days before', at: '10:00' } as const;
    const ada = new Bench([lettingIn(reminder)]);
    ada.identify({ timezone: 'Europe/Berlin', renewsOn: '2026-04-05' });
    expect(ada.document.due).toBe('2026-03-22T09:00:00.000Z');
    ada.wait(at('2027-01-01T00:00:00Z'));
    ada.decide({ kind: 'time' });
    ada.identify({ renewsOn: '2027-04-05' });
    ada.wait(at('2028-01-01T00:00:00Z'));
    ada.decide({ kind: 'time' });
    expect(entries(ada)).toEqual(['2026-03-22T09:00:00.000Z', '2027-03-22T09:00:00.000Z']);
  });

  it('the condition is judged at that instant', () => {
    const ada = new Bench([lettingIn(birthdayTrigger(), { where: { 'profile.plan': 'gold' } })]);
    ada.identify({ timezone: 'Europe/Berlin', birthday: '1990-05-01', plan: 'gold' });
    ada.wait(at('2026-04-30T00:00:00Z'));
    ada.identify({ plan: 'silver' });
    ada.wait(at('2026-05-02T00:00:00Z'));
    ada.identify({ plan: 'gold' });
    expect(entries(ada)).toEqual([]);
  });
});

function birthdayTrigger(): EntryTrigger {
  return { kind: 'date', of: 'profile.birthday', repeat: 'yearly', at: '09:00' };
}
