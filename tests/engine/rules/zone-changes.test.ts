// Somebody moves to another zone while they wait: the wait ends where it began, the next one where they are by then.
import { describe, expect, it } from 'vitest';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { awaiting, letter, manifest } from '../../laws/world/journeys.ts';
import { Bench, EMAIL, at } from '../bench.ts';

/** Waits whose end depends on the zone; they begin on monday, 2 March 2026, at 11:00 in Berlin and 05:00 in New York. */
const WAITS: Readonly<Record<string, readonly [wait: NodeOf<'wait'> | NodeOf<'waitFor'>, berlin: string]>> = {
  'until a time of day': [{ kind: 'wait', until: '15:00', next: 'second' }, '2026-03-02T14:00:00Z'],
  'for days until a time of day': [
    { kind: 'wait', for: '2 days', until: '09:00', next: 'second' },
    '2026-03-05T08:00:00Z',
  ],
  'until a date': [{ kind: 'wait', date: { of: '2026-03-05' }, next: 'second' }, '2026-03-04T23:00:00Z'],
  'until a date of the profile': [
    { kind: 'wait', date: { of: 'profile.renewsOn', offset: '1 day before', at: '09:00' }, next: 'second' },
    '2026-03-09T08:00:00Z',
  ],
  'for events until a time of day': [
    { ...awaiting('', [['Clicked', null]], 'second'), within: undefined, until: '15:00' },
    '2026-03-02T14:00:00Z',
  ],
  'for events until a date of the profile': [
    { ...awaiting('', [['Clicked', null]], 'second'), within: undefined, date: { of: 'profile.renewsOn' } },
    '2026-03-09T23:00:00Z',
  ],
};

const nodes = (wait: FlowNode): Record<string, FlowNode> => ({
  wait,
  second: letter('second', 'later', { class: 'transactional' }),
  later: { kind: 'wait', until: '09:00', next: null },
});

describe('who moves while waiting', () => {
  it.each(Object.entries(WAITS))('%s', (_, [wait, berlin]) => {
    const ada = new Bench([manifest('journey', 'Signed Up', nodes(wait))]);
    ada.identify({ ...EMAIL, timezone: 'Europe/Berlin', renewsOn: '2026-03-10' });
    ada.event('Signed Up');
    const end = ada.run.waiting?.until ?? ada.run.first.until ?? '';
    expect(end).toBe(at(berlin));
    const isTask = ada.run.waiting !== undefined;
    if (isTask) ada.register('wait');
    ada.minutes(1);
    ada.identify({ timezone: 'America/New_York' });
    // Also where its Task is tried again.
    if (isTask) ada.register('wait', { attempt: 1 });
    expect(ada.run.waiting?.until ?? ada.run.first.until).toBe(end);
    ada.wait(at(berlin));
    ada.send('second', isTask ? { settle: { step: 'wait', visit: 1 } } : {});
    // 09:00 in New York, before and after it puts its clocks forward on 8 March.
    const nine = berlin < '2026-03-08' ? 'T14:00:00.000Z' : 'T13:00:00.000Z';
    expect(ada.sent('second')).toMatchObject({
      plan: { until: expect.stringContaining(nine) as string },
    });
  });
});
