/** Double opt-in: the customer confirms, over the address that the message came to, that they have asked for messages on it. */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { isRequested, whyNoConsent, type Scope } from '#lib/engine/rules/consent-precedence.ts';
import { consentChanged } from '../choices.ts';
import { tell } from '../decide.ts';
import { html } from '../html/html.ts';
import { pageAnswer } from '../html/page.ts';
import { expiredLink, nothingStored } from '../notices.ts';
import type { PageAnswer } from '../request.ts';
import type { LinkedRequest } from '../site.ts';

export async function confirmPage(asked: LinkedRequest): Promise<PageAnswer> {
  const { request, site, texts, expired } = asked;
  if (expired) return expiredLink(site, texts);
  const { confirm: say, language } = texts;
  const { brand } = site.settings;
  if (request.method === 'POST' && request.form.get('confirm') === 'yes') {
    let confirmed: readonly Scope[] = [];
    const document = await tell(asked, (current) => {
      confirmed = requestsIn(asked, current);
      return confirmed.map(({ topic, channel }) => {
        const { event, properties } = consentChanged(topic, channel, true);
        return { event, properties: { ...properties, confirmed: true } };
      });
    });
    if (document === undefined) return nothingStored(site, texts);
    // A stale tab confirms nothing that was refused since; asked twice it is confirmed already.
    const topics = confirmed.length > 0 ? confirmed.map(({ topic }) => topic) : [asked.link.topic];
    if (!topics.some((topic) => isAllowed(asked, document, topic))) return nothingPage(asked);
    const content = html`<div class="said" role="status"><p>${say.doneWhy}</p></div>`;
    return pageAnswer({ status: 200, language, title: say.done, brand, content });
  }
  const requests = requestsIn(asked, asked.document);
  if (requests.length === 0) return nothingPage(asked);
  const content = html`<p>${say.why}</p>
    <ul>
      ${requests.map((scope) => html`<li>${inWords(asked, scope)}</li>`)}
    </ul>
    <form method="post"><button name="confirm" value="yes">${say.button}</button></form>
    <p class="soft">${say.otherwise}</p>`;
  return pageAnswer({ status: 200, language, title: say.title, brand, content });
}

function nothingPage({ site, texts }: LinkedRequest): PageAnswer {
  const { confirm: say, language } = texts;
  const content = html`<p>${say.nothingWhy}</p>`;
  return pageAnswer({ status: 200, language, title: say.nothing, brand: site.settings.brand, content });
}

function isAllowed(
  { site, link, now }: LinkedRequest,
  document: CustomerDocument,
  topic: string | undefined,
): boolean {
  const reading = { document, workspace: site.engine.workspace, now };
  return link.channel !== undefined && whyNoConsent(reading, topic, link.channel) === undefined;
}

/**
 * Requests that wait, of the channel over which the link came and of the link's topic where it names one: an address says nothing about
 * another.
 */
function requestsIn({ site, link, now }: LinkedRequest, document: CustomerDocument): readonly Scope[] {
  const reading = { document, workspace: site.engine.workspace, now };
  return Object.entries(document.requested ?? {}).flatMap(([topic, channels]) =>
    (link.topic === undefined || link.topic === topic ? Object.keys(channels) : [])
      .filter((channel) => channel === link.channel || channel === ANY)
      .filter((channel) => isRequested(reading, topic, channel))
      .map((channel) => ({ topic, channel })),
  );
}

function inWords({ site, texts, link }: LinkedRequest, { topic, channel }: Scope): string {
  const named = channelSchema.safeParse(channel).data ?? link.channel ?? 'email';
  return texts.confirm.about(site.settings.topics[topic]?.name ?? topic, texts.channels[named]);
}
