/**
 * Carries out what a customer has asked for: a copy of everything that is stored about them, or its erasure. The link came to their own
 * address and is good for a day (docs/adr/0066). Erasing cannot be undone, so it is asked twice.
 */
import { decideAndCommit } from '#lib/engine/use-cases/engine.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { downloadAnswer } from '../html/download.ts';
import { html, type Html } from '../html/html.ts';
import { pageAnswer } from '../html/page.ts';
import { maskedAddress } from '../masked-address.ts';
import { expiredLink, nothingStored } from '../notices.ts';
import type { PageAnswer } from '../request.ts';
import type { LinkedRequest } from '../site.ts';

export async function privacyPage(asked: LinkedRequest): Promise<PageAnswer> {
  const { request, site, texts, expired } = asked;
  if (expired) return expiredLink(site, texts);
  // Looking changes nothing, and neither does a form without its button.
  if (request.method !== 'POST') return offerPage(asked);
  switch (request.form.get('do')) {
    case 'export':
      return handOut(asked);
    case 'erase':
      return questionPage(asked);
    case 'erase for good':
      return erase(asked);
    default:
      return offerPage(asked);
  }
}

/** The timeline says that it was handed out: where that cannot be written, it is not. */
async function handOut({ site, link, texts }: LinkedRequest): Promise<PageAnswer> {
  const everything = await site.everything(link.customer);
  if (everything === undefined) return nothingStored(site, texts);
  await decideAndCommit(site.engine, link.customer, [{ kind: 'handed out' }]);
  return downloadAnswer({
    name: texts.privacy.file,
    type: 'application/json',
    body: `${JSON.stringify(everything, null, 2)}\n`,
  });
}

/** It holds when the page answers; what lies beside the document is removed within moments. */
async function erase(asked: LinkedRequest): Promise<PageAnswer> {
  const { site, link, texts } = asked;
  const { privacy: say } = texts;
  const erasure = await eraseCustomer(site.engine, link.customer, 'customer');
  if (erasure === undefined) return nothingStored(site, texts);
  const content = html`<div class="said" role="status"><p>${say.erasedWhy}</p></div>
    <p class="soft">${say.elsewhere}</p>`;
  return page(asked, say.erased, content);
}

function offerPage(asked: LinkedRequest): PageAnswer {
  const { privacy: say } = asked.texts;
  const content = html`${addresses(asked)}
    <h2 id="copy">${say.copy}</h2>
    <p id="copy-why">${say.copyWhy}</p>
    <form method="post">
      <button name="do" value="export" aria-describedby="copy-why">${say.copyButton}</button>
    </form>
    <h2 id="erase">${say.erase}</h2>
    <p id="erase-why">${say.eraseWhy}</p>
    <form method="post">
      <button class="warn" name="do" value="erase" aria-describedby="erase-why">${say.eraseButton}</button>
    </form>
    <p class="soft">${say.elsewhere}</p>`;
  return page(asked, say.title, content);
}

function questionPage(asked: LinkedRequest): PageAnswer {
  const { privacy: say } = asked.texts;
  const content = html`${addresses(asked)}
    <ul>
      ${say.consequences.map((one) => html`<li>${one}</li>`)}
    </ul>
    <form method="post">
      <button class="warn" name="do" value="erase for good">${say.eraseForGood}</button>
    </form>
    <form method="post">
      <button class="second" name="do" value="nothing">${say.back}</button>
    </form>`;
  return page(asked, say.question, content);
}

/** Whose data it is: families share telephones and mailboxes. */
function addresses({ document, texts }: LinkedRequest): Html | undefined {
  const { email, phone } = document.traits;
  const known = [email, phone].flatMap((trait) => maskedAddress(trait?.value) ?? []);
  return known.length === 0 ? undefined : html`<p class="soft">${texts.preferences.at(known.join(', '))}</p>`;
}

function page({ site, texts }: LinkedRequest, title: string, content: Html): PageAnswer {
  return pageAnswer({ status: 200, language: texts.language, title, brand: site.settings.brand, content });
}
