/** Why the customer got this message, in plain words: the decisions that led to it, from the timeline. */
import type { CustomerDocument } from '#lib/engine/document.ts';
import { explainMessages } from '#lib/engine/explanation/explain-messages.ts';
import { explanationInWords } from '#lib/engine/explanation/in-words.ts';
import { customerZone } from '#lib/engine/time/zones.ts';
import { html } from '../html/html.ts';
import { pageAnswer } from '../html/page.ts';
import { siblingAddress } from '../links/sibling-link.ts';
import { expiredLink } from '../notices.ts';
import type { PageAnswer } from '../request.ts';
import type { LinkedRequest } from '../site.ts';

export async function whyPage(asked: LinkedRequest): Promise<PageAnswer> {
  const { site, texts, expired } = asked;
  if (expired) return expiredLink(site, texts);
  const { why: say, unsubscribe, preferences } = texts;
  const sentences = await sentencesFor(asked);
  const links = [
    ['preferences', preferences.link],
    ['unsubscribe', unsubscribe.title],
  ] as const;
  const content = html`${
      sentences.length === 0
        ? html`<p>${say.unknown}</p>`
        : html`<p>${say.intro}</p>
            <ol>
              ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
            </ol>`
    }
    <ul>
      ${links.map(([purpose, words]) => {
        const address = siblingAddress(asked.signer, asked.link, purpose, asked.now);
        return address !== undefined && html`<li><a href="${address}">${words}</a></li>`;
      })}
    </ul>`;
  return pageAnswer({
    status: 200,
    language: texts.language,
    title: say.title,
    brand: site.settings.brand,
    content,
  });
}

function zoneOf({ traits }: CustomerDocument, workspaceZone: string): string {
  const [timezone, country, phone] = ['timezone', 'country', 'phone'].map((name) => traits[name]?.value);
  return customerZone({ timezone, country, phone }, workspaceZone).zone;
}

async function sentencesFor({ site, link, document, texts }: LinkedRequest): Promise<readonly string[]> {
  const { send } = link;
  if (send === undefined) return [];
  const { topics, timezone } = site.settings;
  const told = {
    entries: await site.decisions(link.customer),
    consent: {
      records: document.consent,
      withoutRecord: new Set(
        Object.keys(topics).filter((topic) => topics[topic]?.withoutRecord === 'granted'),
      ),
    },
  };
  const found = explainMessages(told, { run: send.run, step: send.step });
  // A loop comes to a step again: the visit says which of its messages it is.
  const sent = found.filter(({ outcome }) => outcome === 'sent' || outcome === 'perhaps sent');
  const explanation = sent[send.visit - 1] ?? sent.at(-1);
  if (explanation === undefined) return [];
  return explanationInWords(explanation, {
    locale: texts.language,
    zone: zoneOf(document, timezone),
    names: {
      topics: new Map(Object.entries(topics).map(([id, { name }]) => [id, name])),
      // Ids are words with hyphens between them.
      journeys: new Map(
        told.entries.flatMap(({ journey }) =>
          journey === undefined ? [] : [[journey, journey.replaceAll('-', ' ')]],
        ),
      ),
    },
  });
}
