// Event buses: what is put there goes, by the rules, to queues, functions, state machines and other buses.
import { randomUUID } from 'node:crypto';
import { jsonService, type JsonOperation } from '../gateway/json-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { JsonObject } from '../asl/json.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Targets } from '../targets.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { asJson, eventTime, type BusEvent } from './bus-event.ts';
import { busChanges, busQueries } from './bus-operations.ts';
import { BusRegistry, type Bus, type Rule } from './bus-registry.ts';
import type { SendDeadLetter } from './dead-letter.ts';
import { createDeliveries, type LostDelivery } from './deliveries.ts';
import type { EventBusResource, RuleResource } from './event-bus-resource.ts';
import { putEvents, testEventPattern } from './put-events.ts';
import { recordChanges } from './recorded-changes.ts';
import { checkScheduleOfRule, createRuleSchedules } from './rule-schedules.ts';
import { putRule, ruleChanges, ruleQueries } from './rule-operations.ts';
import { putTargets, targetChanges, targetQueries } from './target-operations.ts';

export interface BusesOptions {
  readonly time: CloudTime;
  readonly place: Place;
  /** Everything but buses, which are known here. */
  readonly targets: Targets;
  readonly journal: Journal;
  readonly deadLetters: SendDeadLetter;
  readonly onLost: (lost: LostDelivery) => void;
}

/** What a service of AWS itself, or this cloud in its place, puts on a bus. */
interface Entry {
  /** Name or ARN; undefined: the default bus. */
  readonly bus?: string | undefined;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[] | undefined;
  /** Milliseconds since 1970; undefined: now, by the business's clock. */
  readonly at?: number | undefined;
}

export interface Buses {
  /** @returns its ARN. */
  addBus(resource: EventBusResource): string;
  /** After its bus and its targets. @returns its ARN. @throws ServiceError for a pattern, an input or a target that does not exist. */
  addRule(resource: RuleResource): string;
  /**
   * Puts an event on a bus: its id. Done when each target has it, or has refused it once and the journal has what is to be tried again.
   * Sources of AWS are allowed here. @throws ServiceError where there is no such bus.
   */
  put(entry: Entry): Promise<string>;
  readonly service: Service;
  /**
   * After everything is deployed: makes the changes again that clients have made before a restart. The first request to the service does it as
   * well.
   */
  begin(): void;
  /** Ends all waiting. */
  close(): void;
}

export function createBuses(options: BusesOptions): Buses {
  const { time, place, targets, journal } = options;
  const now = (): number => time.business.now();
  const registry = new BusRegistry(place, now());
  const deliveries = createDeliveries({ ...options, journalPart: 'bus-deliveries' });
  const knows = (arn: string): boolean => registry.find(arn) !== undefined || targets.knows(arn);
  async function pass(bus: Bus, event: BusEvent, isForwarded = false): Promise<void> {
    const ingestionTime = new Date(now()).toISOString();
    const json = asJson(event);
    const matching = [...bus.rules.values()].filter(
      ({ isEnabled, pattern }) => isEnabled && pattern?.parsed.matches(json) === true,
    );
    await Promise.all(matching.map((rule) => hand(rule, event, ingestionTime, isForwarded)));
  }

  async function hand(
    rule: Rule,
    event: BusEvent,
    ingestionTime: string,
    isForwarded: boolean,
  ): Promise<void> {
    await Promise.all(
      [...rule.targets.values()].map(async (target) => {
        const { input } = target;
        const bus = registry.find(input.Arn);
        // What has come from another bus goes to no third one, as on AWS.
        if (bus !== undefined) return isForwarded ? undefined : pass(bus, event, true);
        return deliveries.deliver({
          targetArn: input.Arn,
          payload: target.payload({ event, rule, ingestionTime }),
          retryPolicy: input.RetryPolicy ?? {},
          deadLetterArn: input.DeadLetterConfig?.Arn,
          letter: JSON.stringify(event),
          origin: { RULE_ARN: rule.arn },
        });
      }),
    );
  }

  function eventOf({ source, detailType, detail, resources = [], at = now() }: Omit<Entry, 'bus'>): BusEvent {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account: place.account,
      time: eventTime(at),
      region: place.region,
      resources,
      detail,
    };
  }

  async function put(bus: Bus, entry: Omit<Entry, 'bus'>): Promise<string> {
    const event = eventOf(entry);
    await pass(bus, event);
    return event.id;
  }

  const schedules = createRuleSchedules(time.business, journal, (name, at) => {
    const rule = registry.rule(name);
    const event = eventOf({
      source: 'aws.events',
      detailType: 'Scheduled Event',
      detail: {},
      resources: [rule.arn],
      at,
    });
    return hand(rule, event, new Date(now()).toISOString(), false);
  });
  let hasBegun = false;
  const followSchedules = (): void => {
    hasBegun = true;
    schedules.follow(registry.bus().rules.values());
  };

  const changes = recordChanges(
    journal,
    'buses',
    {
      ...busChanges(registry, now),
      ...ruleChanges(registry, checkScheduleOfRule),
      ...targetChanges(registry, knows),
    },
    followSchedules,
  );
  const all: Readonly<Record<string, JsonOperation>> = {
    ...changes.operations,
    ...ruleQueries(registry),
    ...targetQueries(registry),
    ...busQueries(registry),
    TestEventPattern: testEventPattern,
    PutEvents: putEvents(async (taken, { EventBusName, Time, Resources }) => {
      const bus = registry.find(EventBusName);
      if (bus === undefined) return undefined;
      const at = Time === undefined ? undefined : Time * 1000;
      return put(bus, { ...taken, resources: Resources, at });
    }),
  };
  const operations = Object.fromEntries(
    Object.entries(all).map(([name, operation]) => [
      name,
      (input: unknown): unknown => {
        changes.begin();
        return operation(input);
      },
    ]),
  );

  return {
    addBus: ({ name, description }) => registry.addBus(name, description, now()).arn,
    addRule: ({ name, bus, description, pattern, scheduleExpression, isEnabled, targets: inputs }) => {
      const missing = inputs.find(({ Arn }) => !knows(Arn));
      if (missing !== undefined)
        throw new ServiceError(
          'ResourceNotFoundException',
          `Rule ${name}: there is nothing of the ARN ${missing.Arn} that events can go to.`,
        );
      const rule = putRule(
        registry,
        {
          Name: name,
          EventBusName: bus,
          EventPattern: pattern,
          ScheduleExpression: scheduleExpression,
          State: isEnabled ? 'ENABLED' : 'DISABLED',
          Description: description,
        },
        checkScheduleOfRule,
      );
      putTargets(registry, rule, inputs);
      // Not before clients' changes are made again: they may have given it another expression, or disabled it.
      if (hasBegun) followSchedules();
      return rule.arn;
    },
    put: async (entry) => put(registry.bus(entry.bus), entry),
    service: jsonService({
      signingName: 'events',
      title: 'Amazon EventBridge',
      targetPrefix: 'AWSEvents',
      version: '1.1',
      operations,
    }),
    begin: () => changes.begin(),
    close: () => {
      schedules.close();
      deliveries.close();
    },
  };
}
