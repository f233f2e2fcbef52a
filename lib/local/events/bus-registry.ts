// The buses that there are, and their rules.
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import type { EventPattern } from './pattern/event-pattern.ts';
import type { RuleTarget } from './rule-target.ts';

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly description: string | undefined;
  readonly roleArn: string | undefined;
  readonly isEnabled: boolean;
  /** As it was given, and parsed. */
  readonly pattern: { readonly text: string; readonly parsed: EventPattern } | undefined;
  /** `rate(1 hour)`, `cron(…)`: only on the default bus. */
  readonly scheduleExpression: string | undefined;
  /** Id → target. */
  readonly targets: ReadonlyMap<string, RuleTarget>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** Of the business, in milliseconds since 1970. */
  readonly createdAt: number;
  /** Name → rule. */
  readonly rules: Map<string, Rule>;
}

export const DEFAULT_BUS = 'default';

export class BusRegistry {
  readonly #place: Place;
  readonly #buses = new Map<string, Bus>();

  constructor(place: Place, now: number) {
    this.#place = place;
    this.addBus(DEFAULT_BUS, undefined, now);
  }

  addBus(name: string, description: string | undefined, createdAt: number): Bus {
    const bus = { name, arn: this.#arn(`event-bus/${name}`), description, createdAt, rules: new Map() };
    this.#buses.set(name, bus);
    return bus;
  }

  removeBus(name: string): void {
    this.#buses.delete(name);
  }

  all(): readonly Bus[] {
    return [...this.#buses.values()];
  }

  /** By name or ARN; the default bus where none is named. */
  find(nameOrArn: string = DEFAULT_BUS): Bus | undefined {
    const prefix = this.#arn('event-bus/');
    return this.#buses.get(nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length) : nameOrArn);
  }

  /** @throws ServiceError ResourceNotFoundException. */
  bus(nameOrArn?: string): Bus {
    const bus = this.find(nameOrArn);
    if (bus === undefined)
      throw new ServiceError('ResourceNotFoundException', `Event bus ${nameOrArn} does not exist.`);
    return bus;
  }

  /** @throws ServiceError ResourceNotFoundException. */
  rule(name: string, nameOrArnOfBus?: string): Rule {
    const bus = this.bus(nameOrArnOfBus);
    const rule = bus.rules.get(name);
    if (rule === undefined)
      throw new ServiceError(
        'ResourceNotFoundException',
        `Rule ${name} does not exist on EventBus ${bus.name}.`,
      );
    return rule;
  }

  setRule(rule: Rule): void {
    this.bus(rule.busName).rules.set(rule.name, rule);
  }

  ruleArn(bus: Bus, name: string): string {
    return this.#arn(bus.name === DEFAULT_BUS ? `rule/${name}` : `rule/${bus.name}/${name}`);
  }

  #arn(resource: string): string {
    const { partition, region, account } = this.#place;
    return `arn:${partition}:events:${region}:${account}:${resource}`;
  }
}
