/** What the customer wants to get, on which channel, how often, until when nothing, in which language and zone: one form, saved at once. */
import type { CustomerDocument } from '#lib/engine/document.ts';
import { refuseEverything } from '../refuse-everything.ts';
import { choicesOf, fieldOf, markOf, toldByChoices, type Choice } from '../choices.ts';
import { tell, type Told, type ToldTraits } from '../decide.ts';
import { html } from '../html/html.ts';
import { pageAnswer } from '../html/page.ts';
import { expiredLink, nothingStored } from '../notices.ts';
import { toldByPace, toldTraits } from '../pace-choices.ts';
import { everythingForm } from '../parts/everything-form.ts';
import { languagesOf, preferencesForm } from '../parts/preferences-form.ts';
import { isAnswered, privacyForms, toldByRequest } from '../parts/privacy-forms.ts';
import type { PageAnswer } from '../request.ts';
import type { LinkedRequest } from '../site.ts';
import { pageTexts } from '../texts/page-texts.ts';

export async function preferencesPage(asked: LinkedRequest): Promise<PageAnswer> {
  const { request, site, texts, expired } = asked;
  const { form } = request;
  const stops = request.method === 'POST' && form.get('scope') === 'everything';
  // What refuses is taken from an old link as well; it shows nothing of the customer.
  if (expired && !stops) return expiredLink(site, texts, everythingForm(texts));
  if (request.method !== 'POST') return page(asked, asked.document, undefined);
  const before = asked.document.revision;
  const document = await tell(asked, (current) => (stops ? refuseEverything(current) : told(asked, current)));
  if (document === undefined) return nothingStored(site, texts);
  if (expired) return expiredLink(site, texts, html`<p role="status">${texts.preferences.stopped}</p>`);
  // The language may just have been chosen.
  const spoken = pageTexts([document.traits['locale']?.value, texts.language]);
  const { preferences: say } = spoken;
  const isAsked = form.has('request');
  const said = stops
    ? say.stopped
    : isAsked
      ? say.asked
      : isStale(form, choicesOf(asked, asked.document))
        ? say.changedMeanwhile
        : document.revision === before
          ? say.unchanged
          : say.saved;
  return page({ ...asked, texts: spoken }, document, said);
}

/** What the form says, against what is stored. A form without its boxes' mark says nothing about them. */
function told(asked: LinkedRequest, document: CustomerDocument): readonly (Told | ToldTraits)[] {
  const { request, site, link, now } = asked;
  const { form } = request;
  if (form.has('request')) return toldByRequest(asked, form.get('request'));
  if (form.get('choices') !== 'shown') return [];
  const choices = choicesOf(asked, document);
  const stale = isStale(form, choices);
  const ticked = new Set(
    choices.filter((one) => form.has(fieldOf(one)) && (one.isOn || !stale)).map(fieldOf),
  );
  const traits = toldTraits(document, form, languagesOf(site, document));
  return [
    ...toldByChoices(document, choices, ticked, link.channel),
    ...toldByPace(document, form, now),
    ...(Object.keys(traits).length === 0 ? [] : [{ traits }]),
  ];
}

/** The boxes have changed since the form was opened: it takes away what is not ticked, and brings nothing back. */
function isStale(form: URLSearchParams, choices: readonly Choice[]): boolean {
  const seen = form.get('seen');
  return seen !== null && seen !== markOf(choices);
}

function page(asked: LinkedRequest, document: CustomerDocument, said: string | undefined): PageAnswer {
  const { site, texts } = asked;
  const { preferences: say } = texts;
  const content = html`${said !== undefined && html`<div class="said" role="status"><p>${said}</p></div>`}
    ${preferencesForm(asked, document)}
    <h2>${say.everything}</h2>
    ${everythingForm(texts)} ${isAnswered(asked) && privacyForms(texts)}`;
  return pageAnswer({
    status: 200,
    language: texts.language,
    title: say.title,
    brand: site.settings.brand,
    content,
  });
}
