// Waits until a date: when it is past, and what happens when it changes while the run waits.
import { describe, expect, it } from 'vitest';
import { FIRST_LOOP } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { DateOf, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { awaiting, letter, manifest, pause } from '../../laws/world/journeys.ts';
import { Bench, at } from '../bench.ts';

const DAY = 86_400_000;
const SECOND_VISIT = { ...FIRST_LOOP, visit: 2 };
const THIRD_VISIT = { ...FIRST_LOOP, visit: 3 };

function untilDate(date: DateOf, next: string | null, more: Partial<NodeOf<'wait'>> = {}): NodeOf<'wait'> {
  return { kind: 'wait', date, next, ...more };
}

const RENEWAL: DateOf = { of: 'profile.renewsOn', offset: '3 days before', at: '09:00' };
const onTime = letter('on-time', null);
const tooLate = letter('too-late', null);

/** Enters on 2 March 2026 at 11:00 in Berlin. */
function entered(
  nodes: Record<string, FlowNode>,
  traits: Record<string, unknown> = {},
  properties: Record<string, unknown> = {},
): Bench {
  const ada = new Bench([manifest('journey', 'Signed Up', nodes)]);
  ada.identify({ email: 'ada@example.com', ...traits });
  ada.minutes(1);
  ada.event('Signed Up', properties);
  return ada;
}

function waitingFor(renewsOn: unknown, ifPast?: NodeOf<'wait'>['ifPast']): Bench {
  const wait = untilDate(RENEWAL, 'on-time', ifPast === undefined ? {} : { ifPast });
  return entered({ wait, 'on-time': onTime, 'too-late': tooLate }, { renewsOn });
}

const settled = (visit = 1) => ({ settle: { step: 'wait', visit }, loop: { ...FIRST_LOOP, visit } });

/** The Task of the wait registers, as the plan in force says. */
function registered(
  ada: Bench,
  more: { loop?: typeof FIRST_LOOP; token?: string; until?: Instant } = {},
): unknown {
  return ada.register('wait', more);
}

/** The end of a wait of so many days and until 20 March. */
function endOf(days: string): unknown {
  return entered({ wait: untilDate({ of: '2026-03-20', at: '09:00' }, null, { for: days }) }).run.first.until;
}

describe('a date in the future', () => {
  it('is waited for from the plan on; the Task registers, and its time-out goes on', () => {
    const ada = waitingFor('2026-03-20');
    expect(ada.run.first.until).toBe('2026-03-17T08:00:00.000Z');
    expect(registered(ada)).toEqual({ kind: 'registered' });
    ada.wait(at('2026-03-17T08:00:00Z'));
    expect(ada.send('on-time', settled())).toMatchObject({ kind: 'claim' });
    expect(ada.told('waits', 'takes')).toEqual(['waits wait']);
  });

  it('that is exactly now is not past, one a millisecond ago is', () => {
    const wait = untilDate({ of: 'entry.on' }, 'on-time', { ifPast: 'exit' });
    const nodes = { wait, 'on-time': onTime };
    expect(entered(nodes, {}, { on: '2026-03-02T10:01:00Z' }).told('exits')).toEqual([]);
    expect(entered(nodes, {}, { on: '2026-03-02T10:00:59.999Z' }).told('exits')).toEqual(['exits wait past']);
  });

  it('of the entry event and a written one stay what they are: a Wait state, and nothing is remembered', () => {
    for (const of of ['entry.on', '2026-03-20', '2026-03-20T08:00:00.000Z']) {
      const ada = entered(
        { wait: untilDate({ of, at: '09:00' }, 'on-time'), 'on-time': onTime },
        {},
        { on: '2026-03-20' },
      );
      expect(ada.run.first.until).toBe('2026-03-20T08:00:00.000Z');
      expect(ada.run.waiting).toBeUndefined();
    }
  });

  it('together with a length of time: whichever is later', () => {
    expect(endOf('3 days')).toBe('2026-03-20T08:00:00.000Z');
    expect(endOf('30 days')).toBe('2026-04-01T09:01:00.000Z');
  });

  it('ends later by a part of the spread, always the same for a run, and not the same for all', () => {
    const ends = new Set<string>();
    for (let customer = 0; customer < 30; customer += 1) {
      const ada = new Bench(
        [
          manifest('journey', 'Signed Up', {
            wait: untilDate({ of: '2026-03-20' }, null, { spread: '2 hours' }),
          }),
        ],
        `customer ${customer}`,
      );
      ada.event('Signed Up');
      const until = ada.run.first.until ?? '';
      expect(until >= '2026-03-19T23:00:00.000Z' && until < '2026-03-20T01:00:01.000Z').toBe(true);
      ends.add(until);
    }
    expect(ends.size).toBeGreaterThan(25);
  });
});

describe('a date that is past or missing', () => {
  it.each([
    ['2026-03-01', 'past'],
    ['2026-03-04', 'past'],
    [undefined, 'no date'],
    ['soon', 'no date'],
    [1_800_000_000, 'no date'],
    [null, 'no date'],
  ])('%s: the run goes on, at once, and the log says why (%s)', (renewsOn, reason) => {
    const ada = waitingFor(renewsOn);
    expect(ada.told('waits')).toEqual([`waits wait ${reason}`]);
    expect(registered(ada)).toMatchObject({
      kind: 'leave',
      name: 'Past',
      details: { plan: { until: null } },
    });
    expect(ada.send('on-time')).toMatchObject({ kind: 'claim' });
  });

  it('leaves the journey: nobody is called for', () => {
    const ada = waitingFor('2026-03-01', 'exit');
    expect(ada.told('exits')).toEqual(['exits wait past']);
    expect(ada.document.runs).toEqual({});
  });

  it('goes on elsewhere, and a repeated call is told the same', () => {
    const ada = waitingFor('2026-03-01', { goto: 'too-late' });
    const answer = registered(ada);
    expect(answer).toMatchObject({ kind: 'leave', name: 'Past' });
    expect(ada.told('takes')).toEqual(['takes wait the date is past past']);
    expect(ada.register('wait', { until: ada.now, since: ada.now })).toEqual(answer);
    expect(ada.told('takes')).toHaveLength(1);
    expect(ada.send('too-late')).toMatchObject({ kind: 'claim' });
  });

  it('of several in a row, each leads to the next', () => {
    const day = (offset: string, next: string, past: string): FlowNode =>
      untilDate({ of: 'profile.endsOn', offset, at: '09:00' }, next, { ifPast: { goto: past } });
    const ada = entered(
      {
        three: day('3 days before', 'mail-three', 'one'),
        'mail-three': letter('mail-three', 'one'),
        one: day('1 day before', 'mail-one', 'zero'),
        'mail-one': letter('mail-one', 'zero'),
        zero: untilDate({ of: 'profile.endsOn', at: '09:00' }, null, { ifPast: 'exit' }),
      },
      { endsOn: '2026-03-05' },
    );
    expect(ada.register('three')).toMatchObject({ name: 'Past' });
    expect(ada.run.waiting).toMatchObject({ step: 'one', until: '2026-03-04T08:00:00.000Z' });
    ada.identify({ endsOn: '2026-03-01' }, { at: addMillis(ada.now, 1) });
    ada.minutes(1);
    expect(ada.register('one', { until: at('2026-03-04T08:00:00Z') })).toMatchObject({ name: 'Past' });
    expect(ada.told('exits')).toEqual(['exits zero past']);
  });

  it('what has happened since the wait was reached still counts for a wait for events behind it', () => {
    const ada = entered(
      { wait: untilDate(RENEWAL, 'hear'), hear: awaiting('1 day', [['Clicked', null]], null) },
      { renewsOn: '2026-03-01' },
    );
    ada.minutes(1);
    ada.event('Clicked');
    ada.minutes(1);
    expect(registered(ada)).toMatchObject({ name: 'Past' });
    ada.register('hear');
    expect(ada.told('takes')).toEqual(['takes hear Clicked']);
  });
});

describe('a date that changes while the run waits', () => {
  it('to a later one: the execution is told, and the old time-out is none', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.minutes(10);
    ada.identify({ renewsOn: '2026-04-20' });
    expect(ada.run).toMatchObject({
      phase: 'waking',
      won: { moved: true, token: 'token', plan: { until: '2026-04-17T07:00:00.000Z' }, loop: { visit: 2 } },
      waiting: { visit: 2, until: '2026-04-17T07:00:00.000Z' },
    });
    expect(ada.log.at(-1)).toMatchObject({ kind: 'waits', moved: true, until: '2026-04-17T07:00:00.000Z' });
    expect(registered(ada, { loop: SECOND_VISIT, token: 'second' })).toEqual({ kind: 'registered' });
    expect(ada.run).toMatchObject({ phase: 'running', waiting: { token: 'second' } });
    ada.wait(at('2026-04-17T07:00:00Z'));
    expect(ada.send('on-time', settled(2))).toMatchObject({ kind: 'claim' });
  });

  it('and a time-out that had left already is sent back to the wait', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.wait(at('2026-03-17T07:59:59.900Z'));
    ada.identify({ renewsOn: '2026-04-20' });
    ada.wait(300);
    const answer = ada.send('on-time', settled());
    expect(answer).toMatchObject({
      kind: 'leave',
      name: 'Arm.0',
      details: { plan: { until: '2026-04-17T07:00:00.000Z' }, loop: { visit: 2 } },
    });
    expect(registered(ada, { loop: SECOND_VISIT })).toEqual({ kind: 'registered' });
    expect(ada.run).toMatchObject({ phase: 'running' });
  });

  it('before the Task has registered: it learns of the new end when it does', () => {
    const ada = waitingFor('2026-03-20');
    ada.identify({ renewsOn: '2026-04-20' }, { at: addMillis(ada.now, 1) });
    ada.minutes(1);
    expect(ada.run.phase).toBe('starting');
    registered(ada, { until: at('2026-03-17T08:00:00Z') });
    expect(ada.run).toMatchObject({ phase: 'waking', won: { moved: true }, waiting: { visit: 2 } });
  });

  it('twice before the execution has heard of it: it hears the last', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    for (const [minute, renewsOn] of [
      [1, '2026-04-20'],
      [2, '2026-05-20'],
    ] as const) {
      ada.minutes(minute);
      ada.identify({ renewsOn });
    }
    expect(ada.run.won?.plan.until).toBe('2026-05-17T07:00:00.000Z');
    // It had been told the first end already.
    registered(ada, { loop: SECOND_VISIT, token: 'second', until: at('2026-04-17T07:00:00Z') });
    expect(ada.run).toMatchObject({
      phase: 'waking',
      won: { visit: 2, token: 'second', plan: { until: '2026-05-17T07:00:00.000Z' } },
      waiting: { visit: 3 },
    });
    registered(ada, { loop: THIRD_VISIT });
    expect(ada.run.phase).toBe('running');
  });

  it('and back again: the execution ends up where it was', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20' });
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-03-20' });
    expect(ada.run.won?.plan.until).toBe('2026-03-17T08:00:00.000Z');
    registered(ada, { loop: SECOND_VISIT });
    expect(ada.run).toMatchObject({ phase: 'running', waiting: { until: '2026-03-17T08:00:00.000Z' } });
  });

  it('to the same day in other words, or told again: nothing happens', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    const { run } = ada;
    for (const renewsOn of ['2026-03-20', '2026-03-20T15:00:00', '2026-03-20T09:00:00Z']) {
      ada.minutes(1);
      ada.identify({ renewsOn });
      expect(ada.run).toEqual(run);
    }
    expect(ada.told('waits')).toHaveLength(1);
  });

  it('after its instant, but before the time-out is settled: the wait is over', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.wait(at('2026-03-17T08:00:00Z'));
    ada.identify({ renewsOn: '2026-04-20' });
    ada.wait(300);
    expect(ada.send('on-time', settled())).toMatchObject({ kind: 'claim' });
  });

  it('before its instant, but told after it: the change counts', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.wait(at('2026-03-17T08:00:00.500Z'));
    ada.identify({ renewsOn: '2026-04-20' }, { at: at('2026-03-17T07:59:59.999Z') });
    expect(ada.send('on-time', settled())).toMatchObject({ name: 'Arm.0' });
  });

  it.each([
    ['2026-03-04', 'past'],
    [null, 'no date'],
    ['rubbish', 'no date'],
  ])('to %s: what is said of a past date holds (%s)', (renewsOn, reason) => {
    const gone = waitingFor('2026-03-20', 'exit');
    registered(gone);
    gone.minutes(5);
    gone.identify({ renewsOn });
    expect(gone.told('exits')).toEqual([`exits wait ${reason}`]);
    expect(gone.run.phase).toBe('stopping');

    const on = waitingFor('2026-03-20', { goto: 'too-late' });
    registered(on);
    on.minutes(5);
    on.identify({ renewsOn });
    expect(on.run.phase).toBe('waking');
    expect(registered(on, { loop: SECOND_VISIT })).toMatchObject({ kind: 'leave', name: 'Past' });
    expect(on.told('takes')).toEqual([`takes wait the date is past ${reason}`]);
  });

  it('to a past one, and the execution has not heard of it yet: it is decided, whatever comes now', () => {
    const ada = waitingFor('2026-03-20', { goto: 'too-late' });
    registered(ada);
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-01-01' });
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-03-25' });
    expect(registered(ada, { loop: SECOND_VISIT })).toMatchObject({ name: 'Past' });
  });

  it('does not matter to a run that has left', () => {
    const ada = new Bench([
      manifest(
        'journey',
        'Signed Up',
        { wait: untilDate(RENEWAL, null) },
        {
          exits: [{ event: 'Left', reason: 'left' }],
        },
      ),
    ]);
    ada.identify({ renewsOn: '2026-03-20' });
    ada.event('Signed Up');
    registered(ada);
    ada.event('Left');
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20' });
    expect(ada.run).toMatchObject({ phase: 'stopping', over: { reason: 'left' } });
    expect(ada.run.won).toBeUndefined();
  });

  it('the zone is that of the moment at which the step was reached', () => {
    const ada = waitingFor('2026-03-20');
    registered(ada);
    ada.minutes(1);
    ada.identify({ timezone: 'America/New_York' });
    expect(ada.run.waiting?.until).toBe('2026-03-17T08:00:00.000Z');
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20' });
    expect(ada.run.waiting?.until).toBe('2026-04-17T07:00:00.000Z');
  });

  it('quiet hours of the send behind it are folded into the new end as into the old', () => {
    const quiet = letter('on-time', null, { quietHours: { from: '21:00', to: '08:00' } });
    const ada = entered(
      { wait: untilDate({ of: 'profile.renewsOn' }, 'on-time'), 'on-time': quiet },
      { renewsOn: '2026-03-20' },
    );
    expect(ada.run.waiting?.until).toBe('2026-03-20T07:00:00.000Z');
    registered(ada);
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20T12:00:00' });
    expect(ada.run.waiting?.until).toBe('2026-04-20T10:00:00.000Z');
    expect(ada.run.folded).toBeUndefined();
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-21' });
    expect(ada.run.folded).toMatchObject({ step: 'on-time', reached: '2026-04-20T22:00:00.000Z' });
    expect(ada.run.waiting?.until).toBe('2026-04-21T06:00:00.000Z');
  });
});

describe('in loops and behind other waits', () => {
  it('a second round waits for the date as it is then, in a visit that no move has used', () => {
    const ada = entered(
      {
        rest: pause('1 day', 'wait'),
        wait: untilDate(RENEWAL, 'on-time'),
        'on-time': letter('on-time', 'again'),
        again: { kind: 'goto', target: 'rest', atMost: 1, backward: true, next: null },
      },
      { renewsOn: '2026-03-20' },
    );
    ada.wait(DAY);
    ada.plan('wait', { reached: ada.now });
    registered(ada);
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20' });
    registered(ada, { loop: SECOND_VISIT });
    ada.wait(at('2026-04-17T07:00:00Z'));
    ada.send('on-time', settled(2));
    expect(ada.sent('on-time', 'accepted', { loop: SECOND_VISIT })).toMatchObject({
      plan: { route: { again: 0 } },
    });
    ada.wait(DAY);
    const third = { visit: 3, round: 1, jumps: { again: 1 } };
    expect(ada.plan('wait', { reached: ada.now, loop: third })).toMatchObject({ kind: 'plan' });
    expect(ada.run.waiting).toMatchObject({ visit: 3, past: 'past' });
  });

  it('a wait for events ends by a date too, and moves with it', () => {
    const hear = { ...awaiting('1 day', [['Clicked', null]], 'on-time'), within: undefined, date: RENEWAL };
    const ada = entered({ hear, 'on-time': onTime }, { renewsOn: '2026-03-20' });
    ada.register('hear');
    expect(ada.run.waiting?.until).toBe('2026-03-17T08:00:00.000Z');
    ada.minutes(1);
    ada.identify({ renewsOn: '2026-04-20' });
    // What happens on the way counts too.
    ada.minutes(1);
    ada.event('Clicked');
    ada.register('hear', { loop: SECOND_VISIT });
    expect(ada.told('takes')).toEqual(['takes hear Clicked']);
    expect(ada.told('waits')).toHaveLength(2);
  });

  it('and where its date is missing, time is up at once', () => {
    const hear = { ...awaiting('1 day', [['Clicked', null]], 'on-time'), within: undefined, date: RENEWAL };
    const ada = entered({ hear, 'on-time': onTime });
    ada.register('hear');
    expect(ada.told('waits')).toEqual(['waits hear no date']);
    ada.wait(1000);
    expect(ada.send('on-time', { settle: { step: 'hear', visit: 1 } })).toMatchObject({ kind: 'claim' });
  });
});
