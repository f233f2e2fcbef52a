/** The form of the preference centre: works without script, by keyboard, and with every box and list named. */
import { toMillis } from '#lib/contracts/time.ts';
import { frequencySchema, type CustomerDocument } from '#lib/engine/document.ts';
import { choicesOf, fieldOf, markOf, type Choice } from '../choices.ts';
import { html, type Html } from '../html/html.ts';
import { maskedAddress } from '../masked-address.ts';
import { frequencyOf, pausedUntil, PAUSES, ZONES } from '../pace-choices.ts';
import type { LinkedRequest, Site } from '../site.ts';
import type { PageTexts } from '../texts/english.ts';

export function preferencesForm(asked: LinkedRequest, document: CustomerDocument): Html {
  const { texts } = asked;
  const { preferences: say } = texts;
  const choices = choicesOf(asked, document);
  const addresses = ['email', 'phone'].flatMap((trait) => maskedAddress(document.traits[trait]?.value) ?? []);
  return html`${addresses.length > 0 && html`<p class="soft">${say.at(addresses.join(', '))}</p>`}
    <form method="post">
      <input type="hidden" name="choices" value="shown" />
      <input type="hidden" name="seen" value="${markOf(choices)}" />
      ${topicFields(asked, choices)} ${frequencyField(texts, document)} ${pauseField(asked, document)}
      ${placeFields(asked, document)}
      <button>${say.save}</button>
    </form>`;
}

/** Languages that the page offers: those it speaks, the workspace's and the customer's own. */
export function languagesOf(
  { settings }: Pick<Site, 'settings'>,
  { traits }: CustomerDocument,
): readonly string[] {
  const own = traits['locale']?.value;
  const known = ['en', 'de', settings.locale, ...(typeof own === 'string' ? [own] : [])];
  return [...new Set(known)];
}

function topicFields({ site, texts }: LinkedRequest, choices: readonly Choice[]): Html {
  const { preferences: say, channels } = texts;
  const fields = Object.entries(site.settings.topics).flatMap(([id, { name, description }]) => {
    const ofTopic = choices.filter(({ topic }) => topic === id);
    if (ofTopic.length === 0) return [];
    return html`<fieldset>
      <legend>${name}</legend>
      ${description !== undefined && html`<p class="soft">${description}</p>`}
      ${ofTopic.map(
        (choice) =>
          html`<label
            ><input type="checkbox" name="${fieldOf(choice)}" value="on" ${choice.isOn && html` checked`} />
            <span>${channels[choice.channel]}</span></label
          >`,
      )}
    </fieldset>`;
  });
  return html`<h2>${say.topics}</h2>
    ${fields.length === 0 ? html`<p>${say.noTopics}</p>` : fields}`;
}

function frequencyField({ preferences: say }: PageTexts, document: CustomerDocument): Html {
  const chosen = frequencyOf(document);
  return html`<fieldset>
    <legend>${say.often}</legend>
    ${frequencySchema.options.map(
      (value) =>
        html`<label
          ><input type="radio" name="frequency" value="${value}" ${value === chosen && html` checked`} />
          <span>${say.frequencies[value]}</span></label
        >`,
    )}
  </fieldset>`;
}

function pauseField({ texts, now }: LinkedRequest, document: CustomerDocument): Html {
  const { preferences: say, language } = texts;
  const until = pausedUntil(document, now);
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const options = [
    until === undefined ? 'none' : 'keep',
    ...(until === undefined ? [] : ['none']),
    ...Object.keys(PAUSES),
  ];
  return html`<fieldset>
    <legend>${say.pause}</legend>
    ${until !== undefined && html`<p>${say.pausedUntil(day.format(toMillis(until)))}</p>`}
    ${options.map(
      (value, index) =>
        html`<label
          ><input type="radio" name="pause" value="${value}" ${index === 0 && html` checked`} />
          <span>${say.pauses[value as keyof typeof say.pauses]}</span></label
        >`,
    )}
  </fieldset>`;
}

function placeFields({ site, texts }: LinkedRequest, document: CustomerDocument): Html {
  const { preferences: say, language } = texts;
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  const languages = languagesOf(site, document).map((code) => [code, nameOf(names, code)] as const);
  const zones = ZONES.map((zone) => [zone, zone.replaceAll('_', ' ')] as const);
  return html`<fieldset>
    <legend>${say.place}</legend>
    ${listField('locale', say.language, languages, document.traits['locale']?.value, say.unknown)}
    ${listField('timezone', say.zone, zones, document.traits['timezone']?.value, say.unknown)}
  </fieldset>`;
}

/** What is not among the options is not chosen; it stays as it is unless something is. */
function listField(
  name: string,
  label: string,
  options: readonly (readonly [value: string, shown: string])[],
  chosen: unknown,
  unknown: string,
): Html {
  const isKnown = options.some(([value]) => value === chosen);
  return html`<label class="field" for="${name}">${label}</label>
    <select id="${name}" name="${name}">
      ${!isKnown && html`<option value="" selected>${unknown}</option>`}${options.map(
        ([value, shown]) =>
          html`<option value="${value}" ${value === chosen && html` selected`}>${shown}</option>`,
      )}
    </select>`;
}

/** A trait may be anything an application has told. */
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
