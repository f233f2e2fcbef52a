/**
 * The pages behind the links of messages: who asks is told by the link alone, and there is no login. Looking changes nothing (link scanners
 * of mail systems follow every link); what changes something is a form that was sent.
 */
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { nothingStored, unavailable, unknownLink, wrongMethod } from './notices.ts';
import type { PageAnswer, PageRequest } from './request.ts';
import { followLink } from './routes/click.ts';
import { confirmPage } from './routes/confirm.ts';
import { preferencesPage } from './routes/preferences.ts';
import { privacyPage } from './routes/privacy.ts';
import { unsubscribePage } from './routes/unsubscribe.ts';
import { whyPage } from './routes/why.ts';
import type { LinkedPages, Site } from './site.ts';
import { acceptedLanguages, pageTexts } from './texts/page-texts.ts';

const PAGES: LinkedPages = {
  unsubscribe: unsubscribePage,
  preferences: preferencesPage,
  why: whyPage,
  confirm: confirmPage,
  privacy: privacyPage,
};

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

export interface Answered {
  readonly answer: PageAnswer;
  /** Why nothing could be done, for the log; the page has told the customer to try again. */
  readonly failure?: unknown;
}

/** Always answers, and never throws. The body of a HEAD is that of the GET: whoever carries it leaves it out. */
export async function answerRequest(site: Site, request: PageRequest): Promise<Answered> {
  const accepted = acceptedLanguages(request.languages);
  const strangers = pageTexts([...accepted, site.settings.locale]);
  if (!METHODS.has(request.method)) return { answer: wrongMethod(site, strangers) };
  // `/unsubscribe/<token>`, perhaps behind a path of a domain of one's own.
  const [purpose, token = ''] = request.path.split('/').slice(-2);
  const now = site.engine.ports.clock.now();
  try {
    const signer = await site.signer();
    const read = signer.read(token, now);
    if (read?.link.purpose === 'click' && purpose === 'click')
      return (await followLink({ site, request, ...read, now })) ?? { answer: unknownLink(site, strangers) };
    const page = read === undefined ? undefined : PAGES[read.link.purpose];
    if (read === undefined || page === undefined || read.link.purpose !== purpose)
      return { answer: unknownLink(site, strangers) };
    const document = await loadDocument(site.engine.ports.store, read.link.customer);
    // Of somebody who was erased only that is known.
    if (document === undefined || document.erased !== undefined)
      return { answer: nothingStored(site, strangers) };
    const texts = pageTexts([document.traits['locale']?.value, ...accepted, site.settings.locale]);
    return { answer: await page({ site, request, signer, ...read, document, texts, now }) };
  } catch (failure) {
    const form = request.method === 'POST' ? request.form : undefined;
    return { answer: unavailable(site, strangers, form), failure };
  }
}
