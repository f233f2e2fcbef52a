/**
 * Consent: what the customer allows, told by `Consent Changed { topic, channel?, granted }` and by `Message Unsubscribed`. Which of what
 * was said counts, is in consent-precedence.ts; everything that was said goes into the ledger.
 */
import { ANY, type LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { isNo } from '#lib/contracts/consent-words.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import { LEDGER_TEXT } from '../budgets.ts';
import { ownRecord } from '../copy.ts';
import { note, type Deciding } from '../deciding.ts';
import { isMissing } from '../conditions/values.ts';
import { countsRather, type ConsentRecord, type Scope } from './consent-precedence.ts';
import { askToConfirm, forgetRequest, hasToBeConfirmed, keepRequest, WAITS } from './consent-requests.ts';
import { CHANGED, isImported, keepInLedger } from './ledger.ts';
import { refusedScopes } from './refused-scopes.ts';
import { sendOf } from './reported-send.ts';

/** Characters of a source that a record keeps; the ledger keeps more. */
const LONGEST_SOURCE = 80;
/** Characters of run/step/visit: no id of a step is longer. */
const LONGEST_SEND = 120;
const NOT_UNDERSTOOD = 'consent not understood';
const UNKNOWN_TOPIC = 'unknown topic';

/** What an event says, read. */
interface Said {
  readonly granted: boolean;
  /** As the ledger tells it. */
  readonly about: Pick<LedgerEntry, 'topic' | 'channel' | 'send'>;
  readonly scopes: readonly Scope[];
  /** Of a refusal: words that were not understood to the letter. */
  readonly said?: string;
}

export function applyConsent(deciding: Deciding, event: CustomerEvent): void {
  if (event.event !== 'Consent Changed' && event.event !== 'Message Unsubscribed') return;
  const said = read(deciding, event);
  if (typeof said === 'string') {
    note(deciding, { kind: 'ignores', reason: said, event: event.id });
    keepInLedger(deciding, event, { what: 'not understood', effect: said });
    return;
  }
  const { granted, about, scopes } = said;
  const effects = new Set(scopes.map((scope) => applyTo(deciding, event, scope, granted)));
  const effect = [CHANGED, WAITS].find((one) => effects.has(one)) ?? [...effects][0] ?? NOT_UNDERSTOOD;
  if (effect === WAITS) askToConfirm(deciding, event, about);
  const isRequest = granted && hasToBeConfirmed(deciding, event, about.topic ?? ANY);
  const isConfirmed = granted && event.properties['confirmed'] === true;
  const what = isRequest ? 'requested' : isConfirmed ? 'confirmed' : granted ? 'granted' : 'refused';
  keepInLedger(deciding, event, {
    what,
    ...about,
    effect,
    ...(said.said === undefined ? {} : { said: said.said }),
  });
}

/** What the event says, or why nobody can tell. Only a grant can be too unclear to count (refused-scopes.ts). */
function read(deciding: Deciding, event: CustomerEvent): Said | string {
  const { topic, channel, send } = named(deciding, event);
  const known = Object.keys(deciding.workspace.settings.topics);
  const { granted } = event.properties;
  if (event.event === 'Message Unsubscribed' || isNo(granted)) {
    const scopes = refusedScopes(known, { topic, channel });
    const said = asSaid(scopes, { topic, channel });
    return { granted: false, about: aboutOf(scopes, send), scopes, ...(said === '' ? {} : { said }) };
  }
  if (granted !== true || typeof topic !== 'string') return NOT_UNDERSTOOD;
  if (topic !== ANY && !known.includes(topic)) return UNKNOWN_TOPIC;
  const one = channel === ANY ? ANY : channelSchema.safeParse(channel).data;
  if (one === undefined && !isMissing(channel)) return NOT_UNDERSTOOD;
  const on = one !== undefined ? [one] : topic === ANY ? [ANY] : channelSchema.options;
  const scopes = on.map((each) => ({ topic, channel: each }));
  return { granted: true, about: aboutOf(scopes, send), scopes };
}

function aboutOf(scopes: readonly Scope[], send: string | undefined): Said['about'] {
  const [first] = scopes;
  return {
    topic: first?.topic ?? ANY,
    ...(scopes.length === 1 && first !== undefined ? { channel: first.channel } : {}),
    ...(send === undefined ? {} : { send }),
  };
}

/** The words of a refusal that were not understood to the letter: the ledger has them beside what was made of them. */
function asSaid(
  [first]: readonly Scope[],
  words: { readonly topic?: unknown; readonly channel?: unknown },
): string {
  return (['topic', 'channel'] as const)
    .filter((part) => !isMissing(words[part]) && words[part] !== first?.[part])
    .map((part) => `${part} ${typeof words[part] === 'string' ? words[part] : `(${typeof words[part]})`}`)
    .join(', ')
    .slice(0, LEDGER_TEXT);
}

/** Topic and channel as the event names them, or those of the send that an unsubscribe is the answer to. */
function named(
  deciding: Deciding,
  event: CustomerEvent,
): { readonly topic?: unknown; readonly channel?: unknown; readonly send?: string } {
  const { properties } = event;
  const { topic, channel, send: told } = properties;
  if (event.event !== 'Message Unsubscribed')
    return { topic, channel, ...(typeof told === 'string' ? { send: told.slice(0, LONGEST_SEND) } : {}) };
  const send = sendOf(deciding, event);
  if (send === undefined) return { topic, channel };
  if (typeof topic === 'string') return { topic, channel, send: send.key };
  return {
    topic: send.topic,
    channel: send.channel,
    ...('channel' in properties && { channel }),
    send: send.key,
  };
}

/** Records what was said of one scope; returns `changed`, or why it has changed nothing. */
function applyTo(deciding: Deciding, event: CustomerEvent, scope: Scope, granted: boolean): string {
  if (granted && hasToBeConfirmed(deciding, event, scope.topic)) return keepRequest(deciding, event, scope);
  const { source } = event.properties;
  const record: ConsentRecord = {
    granted,
    at: event.at,
    ...(typeof source === 'string' ? { source: source.slice(0, LONGEST_SOURCE) } : {}),
    ...(granted && isImported(event) ? { imported: true } : {}),
  };
  const before = deciding.document.consent[scope.topic]?.[scope.channel];
  if (!countsRather(record, before)) {
    const isOverruling = record.imported === true && before?.granted === false;
    return isOverruling ? 'an import overrules no refusal' : 'older than what is on record';
  }
  ownRecord(deciding.document.consent, scope.topic, {})[scope.channel] = record;
  forgetRequest(deciding, scope, record);
  deciding.changed = true;
  return CHANGED;
}
