// The stream being written: calls of the Segment spec (https://segment.com/docs/connections/spec/) of one customer after
// the other, each with the moment it happened.
import type { Person } from './people.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds since 1970, in UTC. */
export type Moment = number;

export interface Call {
  readonly happened: Moment;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Collects the calls of one customer. */
export interface Diary {
  readonly person: Person;
  readonly calls: Call[];
  track(at: Moment, event: string, properties?: Readonly<Record<string, unknown>>): void;
  identify(at: Moment, traits: Readonly<Record<string, unknown>>): void;
}

export function diaryOf(person: Person): Diary {
  const calls: Call[] = [];
  const add = (at: Moment, body: Readonly<Record<string, unknown>>): void => {
    calls.push({ happened: at, body: { ...body, userId: person.id } });
  };
  return {
    person,
    calls,
    track: (at, event, properties = {}) => add(at, { type: 'track', event, properties }),
    identify: (at, traits) => {
      const context = {
        ...(person.timezone === undefined ? {} : { timezone: person.timezone }),
        ...(person.locale === undefined ? {} : { locale: person.locale }),
      };
      add(at, { type: 'identify', ...(Object.keys(context).length === 0 ? {} : { context }), traits });
    },
  };
}
