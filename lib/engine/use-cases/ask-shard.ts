/**
 * One part of all customers is asked, one after the other by their ids, until the part is done or the time is up: the work of one call
 * of the function `tell-customers`. Whoever calls again goes on behind the cursor. Anything may be asked twice (a call that died, an
 * execution that is redriven): the decisions see to it that nobody is let in twice.
 */
import { Fault } from '#lib/contracts/faults.ts';
import type { CustomerList, Untold } from '../ports.ts';
import { askCustomer, type Question } from './ask-customer.ts';
import type { DecidingPorts, Engine } from './engine.ts';
import { Pace, type Waiting } from './pace.ts';

export interface Asking {
  readonly engine: Engine<DecidingPorts>;
  readonly customers: CustomerList;
  readonly untold: Untold;
  readonly waiting: Waiting;
  /** Executions that may be started in a second because of this call. */
  readonly startsPerSecond: number;
  /** Customers that may be asked in a second by this call. */
  readonly asksPerSecond: number;
}

/** Counts of one call. */
export interface Asked {
  /** The customer behind whom the next call goes on; undefined: the part is done. */
  readonly cursor: string | undefined;
  readonly asked: number;
  /** Executions that are started because of it. */
  readonly starts: number;
  /** Customers who could not be asked, and were handed to {@link Untold}. */
  readonly untold: number;
}

/**
 * Customers asked side by side. Asking is a read and sometimes a write of some milliseconds each: eight of them keep one processor
 * busy while the others wait for the table.
 */
const SIDE_BY_SIDE = 8;
/** Listed at once: few enough that what failed among them is soon handed on, and a hundred keys are one small page of the index. */
const LISTED = 100;
/** So many failures among those listed at once, and more than half of them: not these customers are the reason, but what all of them need. */
const FEW = 5;

/**
 * `until`: the instant of {@link Waiting.monotonic} after which nobody else is asked; those who are being asked are waited for.
 * Throws the fault `AudienceUnavailable` where hardly anybody can be asked: nobody of those is handed on, and the call should be
 * repeated later.
 */
export async function askShard(
  asking: Asking,
  question: Question,
  part: { readonly shard: string; readonly cursor: string | undefined },
  until: number,
): Promise<Asked> {
  const { customers, waiting } = asking;
  const paces = {
    starts: new Pace(asking.startsPerSecond, waiting),
    asks: new Pace(asking.asksPerSecond, waiting),
  };
  let { cursor } = part;
  let asked = 0;
  let starts = 0;
  let untold = 0;
  while (waiting.monotonic() < until) {
    const listed = await customers.list(part.shard, cursor, LISTED);
    const heard = await askThese(asking, question, listed, paces, until);
    await handOn(asking.untold, heard);
    asked += heard.asked;
    starts += heard.starts;
    untold += heard.failed.length;
    cursor = listed[heard.asked - 1] ?? cursor;
    if (heard.asked === listed.length && listed.length < LISTED)
      return { cursor: undefined, asked, starts, untold };
  }
  return { cursor, asked, starts, untold };
}

interface Heard {
  /** The first so many of the list. */
  readonly asked: number;
  readonly starts: number;
  readonly failed: readonly { readonly customer: string; readonly reason: string }[];
}

async function askThese(
  { engine, waiting }: Asking,
  question: Question,
  listed: readonly string[],
  paces: { readonly starts: Pace; readonly asks: Pace },
  until: number,
): Promise<Heard> {
  const failed: { customer: string; reason: string }[] = [];
  let asked = 0;
  let starts = 0;
  const askNext = async (): Promise<void> => {
    for (;;) {
      await paces.starts.ready(until);
      await paces.asks.ready(until);
      const customer = listed[asked];
      if (customer === undefined || waiting.monotonic() >= until) return;
      asked += 1;
      paces.asks.spend(1);
      try {
        const count = await askCustomer(engine, customer, question);
        paces.starts.spend(count);
        starts += count;
      } catch (error) {
        failed.push({ customer, reason: error instanceof Error ? error.name : 'Error' });
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, askNext));
  return { asked, starts, failed };
}

async function handOn(untold: Untold, { asked, failed }: Heard): Promise<void> {
  if (failed.length >= FEW && failed.length * 2 > asked)
    throw new Fault('AudienceUnavailable', `hardly any customer can be asked: ${failed[0]?.reason ?? ''}`);
  for (const { customer, reason } of failed) await untold.keep(customer, reason);
}
