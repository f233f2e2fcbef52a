// Buses: what is put there goes to the queues whose rules match it.
// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
import type { Json } from '#lib/local/asl/json.ts';
import type { VirtualClock } from '#lib/local/clock.ts';
import { parseEventPattern, type EventPattern } from '#lib/local/events/pattern/event-pattern.ts';
import type { DeployedStack } from './deployed-stack.ts';
import type { LocalQueue } from './event-sources.ts';
import type { Operations } from './gateway.ts';
import type { Place } from './resolved-template.ts';

export interface PutEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
}

export class LocalBuses {
  readonly #clock: VirtualClock;
  readonly #rules: readonly (DeployedStack['rules'][number] & { readonly parsed: EventPattern })[];
  readonly #queues: ReadonlyMap<string, LocalQueue>;
  readonly #place: Place;
  #count = 0;

  constructor(
    clock: VirtualClock,
    { rules }: Pick<DeployedStack, 'rules'>,
    queues: ReadonlyMap<string, LocalQueue>,
    place: Place,
  ) {
    this.#clock = clock;
    this.#rules = rules.map((rule) => ({ ...rule, parsed: parseEventPattern(rule.pattern as Json) }));
    this.#queues = queues;
    this.#place = place;
  }

  put({ bus, source, detailType, detail }: PutEvent): string {
    this.#count += 1;
    const event = {
      version: '0',
      id: `event-${this.#count}`,
      'detail-type': detailType,
      source,
      account: this.#place.account,
      // Whole seconds.
      time: `${new Date(this.#clock.now()).toISOString().slice(0, 19)}Z`,
      region: this.#place.region,
      resources: [],
      detail,
    };
    for (const rule of this.#rules)
      if (rule.bus === bus && rule.parsed.matches(event as Json))
        for (const target of rule.targets) this.#queues.get(target)?.put(JSON.stringify(event));
    return event.id;
  }

  get operations(): Operations {
    return {
      'AWSEvents.PutEvents': ({ Entries: entries }) => ({
        FailedEntryCount: 0,
        Entries: (entries as unknown as readonly Readonly<Record<string, string>>[]).map((entry) => ({
          EventId: this.put({
            bus: entry['EventBusName'] ?? 'default',
            source: entry['Source'] ?? '',
            detailType: entry['DetailType'] ?? '',
            detail: JSON.parse(entry['Detail'] ?? '{}') as unknown,
          }),
        })),
      }),
    };
  }
}
