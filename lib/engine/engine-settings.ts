// What the engine needs of a workspace's settings.
import { legalWithDefaults } from '#lib/journey/legal-hours.ts';
import { spreadMillisOf } from '#lib/journey/opening-hours.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { CONFIRM_WITHIN } from '#lib/journey/topic.ts';
import { BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import type { EngineSettings } from './workspace.ts';

/**
 * The settings as the engine reads them. Traits that nobody has declared are not stored.
 * @param holidays of the places that versions name, YYYY-MM-DD.
 * @param explains how much the log explains: everything, unless nobody reads it.
 */
export function engineSettings(
  { timezone, locale, topics, vocabulary, fatigue, perSecond, legal, spread, serviceCases }: Settings,
  explains: EngineSettings['explains'] = 'everything',
  holidays: Readonly<Record<string, readonly string[]>> = {},
): EngineSettings {
  // "address.city" declares a part of the trait `address`, which is stored whole.
  const declared = [...Object.keys(vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)];
  return {
    timezone,
    locale,
    topics: Object.fromEntries(Object.entries(topics).map(([id, topic]) => [id, engineTopic(topic)])),
    explains,
    holidays: new Map(Object.entries(holidays).map(([place, dates]) => [place, new Set(dates)])),
    legal: legalWithDefaults(legal),
    spreadMillis: spreadMillisOf(spread),
    ...(fatigue.length === 0 ? {} : { fatigue }),
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(serviceCases === undefined ? {} : { serviceCases }),
    declaredTraits: new Set(declared.map((name) => name.split('.', 1)[0] ?? name)),
  };
}

function engineTopic({
  withoutRecord,
  confirm,
}: Settings['topics'][string]): EngineSettings['topics'][string] {
  const within = confirm === true ? CONFIRM_WITHIN : confirm?.within;
  return {
    ...(withoutRecord === undefined ? {} : { withoutRecord }),
    ...(within === undefined ? {} : { confirm: { within } }),
  };
}
