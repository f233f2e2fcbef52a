/** The work of the function `tell-customers`: a page of all customers, called by the state machine of audiences. */
import { audiencePageSchema, type AudienceInput } from '#lib/contracts/audience.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import type { CustomerList, Untold } from '#lib/engine/ports.ts';
import { askShard } from '#lib/engine/use-cases/ask-shard.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import type { Waiting } from '#lib/engine/use-cases/pace.ts';
import { questionOf, type QuestionPorts } from '#lib/engine/use-cases/question-of.ts';
import { stepHandler, type StepHandler, type StepSurroundings } from './step-function.ts';

export interface Telling extends StepSurroundings, QuestionPorts {
  readonly engine: Engine<DecidingPorts>;
  readonly customers: CustomerList;
  readonly untold: (input: AudienceInput) => Untold;
  readonly waiting: Waiting;
  readonly startsPerSecond: number;
  readonly asksPerSecond: number;
}

/** What the state machine reads: `cursor` is null where the part is done. */
export interface AskedPage {
  readonly cursor: string | null;
  readonly asked: number;
  readonly starts: number;
  readonly untold: number;
}

/** A part of an audience that nobody has to be asked for any more. */
const NOBODY = { cursor: undefined, asked: 0, starts: 0, untold: 0 };

/**
 * Nobody else is asked so long before Lambda would end the call: who is being asked then may still wait for the table (three tries
 * of the client, some seconds each) and lose a race or two.
 */
const RESERVE_MILLIS = 30_000;

export function tellCustomersHandler(telling: Telling): StepHandler<AskedPage> {
  return (event, context) =>
    stepHandler(telling, (payload) =>
      askPage(telling, payload, context.getRemainingTimeInMillis() - RESERVE_MILLIS),
    )(event, context);
}

async function askPage(telling: Telling, payload: unknown, millis: number): Promise<AskedPage> {
  const page = audiencePageSchema.safeParse(payload);
  if (!page.success) throw new Fault('PayloadNotUnderstood', 'this is no page of an audience');
  const { input, shard, cursor } = page.data;
  const until = telling.waiting.monotonic() + millis;
  const question = await questionOf(input, telling.engine.workspace, telling);
  const asked =
    question === undefined
      ? NOBODY
      : await askShard(
          { ...telling, untold: telling.untold(input) },
          question,
          { shard, cursor: cursor ?? undefined },
          until,
        );
  const answer = { ...asked, cursor: asked.cursor ?? null };
  telling.logger.info(LOG_EVENTS.pageAsked, { audience: input.kind, shard, ...answer });
  return answer;
}
