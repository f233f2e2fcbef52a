// A shop's customers: at first ever more of them, then the same ones.
import type { SegmentCall } from '#lib/laptop/running-cloud.ts';
import type { Chance } from '../sample-stream/chance.ts';
import { callOf, type Life } from './lives.ts';

interface Customer {
  readonly id: string;
  readonly life: Life;
  index: number;
  round: number;
}

export class Population {
  readonly #lives: readonly Life[];
  readonly #most: number;
  readonly #chance: Chance;
  readonly #customers: Customer[] = [];
  #calls = 0;

  /** `most`: how many customers there are when it has grown. */
  constructor(lives: readonly Life[], most: number, chance: Chance) {
    this.#lives = lives;
    this.#most = most;
    this.#chance = chance;
  }

  get size(): number {
    return this.#customers.length;
  }

  /** The next call. `grown`: of 0 to 1, how much of its size it has; `now`: of the business. */
  next(grown: number, now: number): SegmentCall {
    const wanted = Math.max(1, Math.ceil(Math.min(1, grown) * this.#most));
    const customer = this.size < wanted ? this.#join() : this.#chance.one(this.#customers);
    this.#calls += 1;
    const { id, life, round } = customer;
    const call = callOf(life, customer.index, { customer: id, round, id: `soak-${this.#calls}`, now });
    customer.index += 1;
    if (customer.index === life.calls.length) {
      customer.index = 0;
      customer.round += 1;
    }
    return call;
  }

  #join(): Customer {
    const life = this.#chance.one(this.#lives);
    const customer = { id: `soaked-${this.size + 1}`, life, index: 0, round: 0 };
    this.#customers.push(customer);
    return customer;
  }
}
