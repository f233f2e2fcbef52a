// Whose each delivery of a stream is. Customers are numbered in the order in which they are first heard of: the number
// says which part of a play a customer belongs to, and puts what happens at one instant in an order that is the same
// however the play is divided.
import { Identities } from './identities.ts';

/** Stands for a customer's number where nobody is known, or the delivery comes after the end of the play. */
export const NOBODY = 0xff_ff_ff_ff;

/** Stands for a customer's number where the delivery is of an event that belongs to no customer. */
export const EVERYBODY = 0xff_ff_ff_fe;

/** The ids that the calls of a stream carry, in the order of the file. Each id is held once, however often it is told. */
export class CarriedIds {
  readonly #ids = new Map<string, string>();
  readonly #users: (string | undefined)[] = [];
  readonly #devices: (string | undefined)[] = [];

  /** Takes note of the next call's ids. */
  add(user: string | undefined, anonymous: string | undefined): void {
    this.#users.push(this.#once(user));
    this.#devices.push(this.#once(anonymous));
  }

  /** True where the call carries no id at all: it is for everybody. */
  isForAll(delivery: number): boolean {
    return this.#users[delivery] === undefined && this.#devices[delivery] === undefined;
  }

  /** Whose the delivery is; ask in the order of arrival. */
  ownerOf(delivery: number, identities: Identities): string | undefined {
    return identities.ownerOf(this.#users[delivery], this.#devices[delivery]);
  }

  #once(id: string | undefined): string | undefined {
    if (id === undefined) return undefined;
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    this.#ids.set(id, id);
    return id;
  }
}

/** Customers by number, in the order in which they are first heard of. */
export class CustomerNumbers {
  readonly #numbers = new Map<string, number>();

  constructor(externals: Iterable<string> = []) {
    for (const external of externals) this.of(external);
  }

  /** The customer's number; whoever is new gets the next one. */
  of(external: string): number {
    const known = this.#numbers.get(external);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(external, number);
    return number;
  }

  /** The stream's own ids, by number. */
  externals(): readonly string[] {
    return [...this.#numbers.keys()];
  }
}
