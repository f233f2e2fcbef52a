// A customer is in a segment exactly as long as its condition is true of all that has happened: at every instant, whatever was
// told in whatever order, and whether somebody looked at the instant itself or only later.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { Bench, at } from '../engine/bench.ts';
import { deeds, segments, type Deed } from './segments/histories.ts';
import { isMember, type Happened } from './segments/oracle.ts';

/** Shortly before the clocks go forward in Berlin, and two weeks after they did in New York. */
const START = at('2026-03-24T22:30:00Z');

class Story {
  readonly ada = new Bench([]);
  readonly events: Happened[] = [];
  readonly #segments: ReadonlyMap<string, ReturnType<typeof read>>;
  readonly #watches: boolean;

  /** `watches`: somebody looks whenever something is due; else it is found out with the next input. */
  constructor(definitions: readonly SegmentDefinition[], watches: boolean) {
    this.#segments = new Map(definitions.map((one) => [one.id, read(one)]));
    this.#watches = watches;
    this.ada.now = START;
    this.ada.document = { ...this.ada.document, created: START, decided: START };
    this.ada.define(definitions);
    this.ada.identify({ plan: 'none' });
  }

  live(deed: Deed): void {
    const { ada, events } = this;
    switch (deed.kind) {
      case 'event': {
        const { event, total } = deed;
        const happened = addMillis(ada.now, -deed.lateMinutes * 60_000);
        this.#tell({ id: `event ${events.length}`, event, at: happened, properties: { total } });
        return;
      }
      case 'again': {
        const known = events[deed.which % Math.max(events.length, 1)];
        if (known !== undefined) this.#tell(known);
        return;
      }
      case 'trait':
        ada.identify({ [deed.name]: deed.value });
        return;
      case 'today':
        ada.identify({ renewed: ada.now });
        return;
      case 'minutes':
        this.#passTo(addMillis(ada.now, deed.count * 60_000));
        return;
      case 'due': {
        const { due } = ada.document;
        if (due !== undefined && due > ada.now) this.#passTo(deed.before ? addMillis(due, -1) : due);
      }
    }
  }

  /** Who is in what by the document, and by all that has happened. */
  compare(): { readonly kept: readonly string[]; readonly true: readonly string[] } {
    const { segments: since, traits } = this.ada.document;
    const history = {
      events: this.events,
      traits: Object.fromEntries(Object.entries(traits).map(([name, { value }]) => [name, value])),
      since,
      segments: this.#segments,
    };
    const inside = [...this.#segments].filter(([, when]) => isMember(when, history, this.ada.now));
    return { kept: Object.keys(since).toSorted(), true: inside.map(([id]) => id).toSorted() };
  }

  #tell(event: Happened): void {
    this.events.push(event);
    this.ada.event(event.event, event.properties, { id: event.id, at: event.at as Instant });
  }

  #passTo(instant: Instant): void {
    if (this.#watches) this.ada.passTime(instant);
    else {
      this.ada.now = instant;
      this.ada.decide({ kind: 'time' });
    }
  }
}

function read(
  definition: SegmentDefinition,
): Extract<ReturnType<typeof parseCondition>, { condition: unknown }>['condition'] {
  const parsed = 'when' in definition ? parseCondition(definition.when) : { problems: [] };
  if ('problems' in parsed) throw new Error(`no condition: ${JSON.stringify(definition)}`);
  return parsed.condition;
}

describe('membership', () => {
  it('is what the condition says of the whole history, at every instant', () => {
    let changes = 0;
    fc.assert(
      fc.property(segments, deeds, (definitions, history) => {
        const story = new Story(definitions, true);
        for (const deed of history) {
          story.live(deed);
          const { kept, true: inside } = story.compare();
          expect(kept).toEqual(inside);
        }
        changes += story.ada.told('joins', 'leaves').length;
      }),
      { numRuns: 300 },
    );
    expect(changes).toBeGreaterThan(1000);
  });

  it('is the same, and since the same instant, when nobody looked at the instant itself', () => {
    fc.assert(
      fc.property(segments, deeds, (definitions, history) => {
        const [watched, unwatched] = [new Story(definitions, true), new Story(definitions, false)];
        for (const deed of history) {
          // Both live through the same instants, which only one of them knows.
          if (deed.kind === 'due') {
            watched.live(deed);
            unwatched.live({ kind: 'minutes', count: 0 });
            unwatched.ada.now = watched.ada.now;
          } else {
            watched.live(deed);
            unwatched.live(deed);
          }
        }
        unwatched.ada.decide({ kind: 'time' });
        watched.ada.decide({ kind: 'time' });
        expect(unwatched.ada.document.segments).toEqual(watched.ada.document.segments);
        expect(unwatched.ada.document.due).toEqual(watched.ada.document.due);
        expect(unwatched.ada.log).toEqual(watched.ada.log);
      }),
      { numRuns: 100 },
    );
  });

  it('has no instant between two that are due at which it would be another', () => {
    fc.assert(
      fc.property(
        segments,
        deeds,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (definitions, history, part) => {
          const story = new Story(definitions, true);
          for (const deed of history) story.live(deed);
          const { due } = story.ada.document;
          if (due === undefined) return;
          const between = Math.floor((Date.parse(due) - Date.parse(story.ada.now)) * part);
          if (between <= 0) return;
          story.ada.now = addMillis(story.ada.now, between - 1);
          const { kept, true: inside } = story.compare();
          expect(kept).toEqual(inside);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('does not depend on the order in which events arrive', () => {
    fc.assert(
      fc.property(
        segments,
        fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: -200, max: 2000 }), fc.boolean()), {
          maxLength: 12,
        }),
        fc.infiniteStream(fc.nat()),
        (definitions, told, lots) => {
          const events = told.map(([minutes, cents, ordered], index) => ({
            id: `event ${index}`,
            event: ordered ? 'Ordered' : 'Viewed',
            at: addMillis(START, -minutes * 60_000),
            properties: { total: cents / 100 },
          }));
          const shuffled = events
            .map((event) => ({ event, lot: lots.next().value }))
            .toSorted((a, b) => a.lot - b.lot)
            .map(({ event }) => event);
          const [one, other] = [events, shuffled].map((order) => {
            const ada = new Bench([]);
            ada.now = START;
            ada.define(definitions);
            ada.identify({ plan: 'none' });
            for (const event of order)
              ada.event(event.event, event.properties, { id: event.id, at: event.at });
            return ada.document;
          });
          expect(other?.aggregates).toEqual(one?.aggregates);
          expect(Object.keys(other?.segments ?? {}).toSorted()).toEqual(
            Object.keys(one?.segments ?? {}).toSorted(),
          );
          expect(other?.due).toEqual(one?.due);
        },
      ),
      { numRuns: 150 },
    );
  });
});
