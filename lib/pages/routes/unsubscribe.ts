/**
 * Unsubscribing: by a mail program's one click, which posts `List-Unsubscribe=One-Click` and reads nothing but the status (RFC 8058), and by
 * a person who is asked once. However old the link is, a refusal is taken (docs/adr/0065).
 */
import { sendKey } from '#lib/contracts/ids.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { refusedScopes } from '#lib/engine/rules/refused-scopes.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import { reportOn } from '../about-send.ts';
import { tell, type Told } from '../decide.ts';
import { html, type Html } from '../html/html.ts';
import { pageAnswer } from '../html/page.ts';
import { siblingAddress } from '../links/sibling-link.ts';
import { maskedAddress } from '../masked-address.ts';
import { nothingStored } from '../notices.ts';
import { everythingForm } from '../parts/everything-form.ts';
import { refuseEverything } from '../refuse-everything.ts';
import type { PageAnswer } from '../request.ts';
import type { LinkedRequest } from '../site.ts';

export async function unsubscribePage(asked: LinkedRequest): Promise<PageAnswer> {
  const { request, site, texts } = asked;
  if (request.method !== 'POST') return questionPage(asked);
  const { form } = request;
  const everything = form.get('scope') === 'everything';
  // A form without its button is no word of anybody. A mail program reads the status alone, and must not take the question for a yes.
  if (form.get('List-Unsubscribe')?.trim() !== 'One-Click' && !form.has('scope'))
    return { ...questionPage(asked), status: 400 };
  const document = await tell(asked, (current) =>
    everything ? refuseEverything(current) : unsubscribe(asked, current),
  );
  if (document === undefined) return nothingStored(site, texts);
  // Nothing but what the document says may be said to the customer.
  if (isStillAllowed(asked, document)) throw new Error('the withdrawal is not on record');
  return donePage(asked, everything);
}

function isStillAllowed({ link, site, now }: LinkedRequest, document: CustomerDocument): boolean {
  const { channel } = link;
  if (channel === undefined) return false;
  const known = Object.keys(site.settings.topics);
  const topics = link.topic === undefined || !known.includes(link.topic) ? known : [link.topic];
  const reading = { document, workspace: site.engine.workspace, now };
  return topics.some((topic) => whyNoConsent(reading, topic, channel) === undefined);
}

/** Nothing where it has been told before: asking twice is the same as once. */
function unsubscribe({ link, site }: LinkedRequest, document: CustomerDocument): readonly Told[] {
  const { send } = link;
  const record = document.sends.find(
    ({ key }) => send !== undefined && key === sendKey(send.run, send.step, send.visit),
  );
  const { topic = record?.topic, channel = record?.channel } = link;
  const isRefused = refusedScopes(Object.keys(site.settings.topics), { topic, channel }).every(
    (scope) => document.consent[scope.topic]?.[scope.channel]?.granted === false,
  );
  if (isRefused && (record === undefined || record.reports?.['unsubscribed'] !== undefined)) return [];
  return [{ event: 'Message Unsubscribed', properties: { ...reportOn(link, record), source: 'page' } }];
}

function questionPage(asked: LinkedRequest): PageAnswer {
  const { site, texts, document, expired } = asked;
  const { unsubscribe: say } = texts;
  const { topic, channel } = names(asked);
  // An old link may be in other hands by now: it shows nothing of the customer.
  const address = expired ? undefined : maskedAddress(document.traits[traitOf(asked)]?.value);
  const content = html`<p>${topic === undefined ? say.fromAll(channel) : say.fromTopic(topic, channel)}</p>
    ${address !== undefined && html`<p class="soft">${say.at(address)}</p>`}
    <form method="post"><button name="scope" value="this">${say.button}</button></form>
    ${everythingForm(texts)} ${preferencesLink(asked, say.instead)}`;
  return pageAnswer({
    status: 200,
    language: texts.language,
    title: say.title,
    brand: site.settings.brand,
    content,
  });
}

function donePage(asked: LinkedRequest, everything: boolean): PageAnswer {
  const { site, texts } = asked;
  const { unsubscribe: say } = texts;
  const { topic, channel } = names(asked);
  const done = topic === undefined ? say.doneAll(channel) : say.doneTopic(topic, channel);
  const content = html`<div class="said" role="status"><p>${everything ? say.doneEverything : done}</p></div>
    ${!everything && everythingForm(texts)}
    ${preferencesLink(asked, say.mistake) ?? html`<p>${say.mistakeOld}</p>`}`;
  return pageAnswer({
    status: 200,
    language: texts.language,
    title: say.done,
    brand: site.settings.brand,
    content,
  });
}

function preferencesLink({ signer, link, now }: LinkedRequest, words: string): Html | undefined {
  const address = siblingAddress(signer, link, 'preferences', now);
  return address === undefined ? undefined : html`<p><a href="${address}">${words}</a></p>`;
}

function names({ site, link, texts }: LinkedRequest) {
  const { topics } = site.settings;
  const topic =
    link.topic === undefined || !Object.hasOwn(topics, link.topic) ? undefined : topics[link.topic];
  return { topic: topic?.name, channel: texts.channels[link.channel ?? 'email'] };
}

function traitOf({ link: { channel } }: LinkedRequest): 'email' | 'phone' {
  return channel === 'sms' || channel === 'whatsapp' ? 'phone' : 'email';
}
