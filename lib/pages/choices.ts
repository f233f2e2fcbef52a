/** What a customer allows, as boxes on a page, and what has to be told so that it becomes what they have ticked. */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { addressesOf } from '#lib/engine/rules/addresses.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import type { Told } from './decide.ts';
import type { LinkedRequest } from './site.ts';

/** One box: a topic on a channel. */
export interface Choice {
  readonly topic: string;
  readonly channel: Channel;
  readonly isOn: boolean;
}

/** Name of the box in the form. */
export function fieldOf({ topic, channel }: Pick<Choice, 'topic' | 'channel'>): string {
  return `choice/${topic}/${channel}`;
}

/** All topics, on the channels by which the customer can be reached; each as it is for whatever is sent now. */
export function choicesOf(
  asked: Pick<LinkedRequest, 'site' | 'now'>,
  document: CustomerDocument,
): readonly Choice[] {
  const { site, now } = asked;
  const reading = { document, workspace: site.engine.workspace, now };
  const channels = reachableBy(asked, document);
  return Object.keys(site.settings.topics).flatMap((topic) =>
    channels.map((channel) => ({
      topic,
      channel,
      isOn: whyNoConsent(reading, topic, channel) === undefined,
    })),
  );
}

/** Channels that the workspace has a sender for and the customer an address. Messages in the app have both once something was said of them. */
function reachableBy({ site }: Pick<LinkedRequest, 'site'>, document: CustomerDocument): readonly Channel[] {
  const senders = Object.values(site.settings.senders);
  const said = new Set(Object.values(document.consent).flatMap((channels) => Object.keys(channels)));
  return channelSchema.options.filter((channel) => {
    if (channel === 'webhook') return false;
    if (channel === 'inapp') return said.has(channel);
    return (
      senders.some((sender) => sender[channel] !== undefined) && addressesOf(document, channel).length > 0
    );
  });
}

/** The boxes as they were shown, as one short word: a form that was opened before they changed takes nothing back that was refused since. */
export function markOf(choices: readonly Choice[]): string {
  return hashHex(JSON.stringify(choices), 12);
}

/**
 * What makes the boxes true. Whoever decides everything anew takes back what they had refused as a whole, and then every box that is not
 * ticked is refused by itself: nothing comes back that they have not ticked.
 * @param confirmed the channel over which the page was reached: its address is the customer's own, so nothing has to be confirmed there.
 */
export function toldByChoices(
  document: CustomerDocument,
  before: readonly Choice[],
  ticked: ReadonlySet<string>,
  confirmed: Channel | undefined,
): readonly Told[] {
  const { consent } = document;
  const says = (topic: string, channel: string) => consent[topic]?.[channel]?.granted;
  const wanted = before.filter((choice) => ticked.has(fieldOf(choice)));
  const lifted: Told[] = [];
  const lift = (topic: string, channel: string): void => {
    if (says(topic, channel) !== false) return;
    const change = consentChanged(topic, channel, true);
    lifted.push(topic === ANY || confirmed === undefined ? change : withConfirmation(change));
  };
  if (wanted.length > 0) lift(ANY, ANY);
  for (const channel of new Set(wanted.map((choice) => choice.channel))) lift(ANY, channel);
  const topicsLifted = new Set(wanted.flatMap(({ topic }) => (says(topic, ANY) === false ? [topic] : [])));
  // A topic that is allowed as a whole is so on channels that the page does not show: those are refused by themselves.
  const hidden = [...topicsLifted].flatMap((topic) => {
    lift(topic, ANY);
    return channelSchema.options
      .filter((channel) => !before.some((one) => one.topic === topic && one.channel === channel))
      .map((channel) => consentChanged(topic, channel, false));
  });
  const isAnew = lifted.length > 0;
  const told = before.flatMap((choice): Told[] => {
    const isWanted = ticked.has(fieldOf(choice));
    if (isWanted === choice.isOn && !isAnew) return [];
    if (says(choice.topic, choice.channel) === isWanted) return [];
    const change = consentChanged(choice.topic, choice.channel, isWanted);
    return [isWanted && choice.channel === confirmed ? withConfirmation(change) : change];
  });
  return [...lifted, ...hidden, ...told];
}

export function consentChanged(topic: string, channel: string, granted: boolean): Told {
  return { event: 'Consent Changed', properties: { topic, channel, granted, source: 'page' } };
}

function withConfirmation({ event, properties }: Told): Told {
  return { event, properties: { ...properties, confirmed: true } };
}
