// What the engine needs of a workspace's settings.
import type { Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_TRAITS } from '#lib/journey/vocabulary.ts';
import type { EngineSettings } from './workspace.ts';

/**
 * The settings as the engine reads them. Traits that nobody has declared are not stored.
 * @param explains how much the log explains: everything, unless nobody reads it.
 */
export function engineSettings(
  { timezone, locale, topics, vocabulary, perSecond, serviceCases }: Settings,
  explains: EngineSettings['explains'] = 'everything',
): EngineSettings {
  // "address.city" declares a part of the trait `address`, which is stored whole.
  const declared = [...Object.keys(vocabulary.traits), ...Object.keys(BUILT_IN_TRAITS)];
  return {
    timezone,
    locale,
    topics,
    explains,
    ...(perSecond === undefined ? {} : { perSecond }),
    ...(serviceCases === undefined ? {} : { serviceCases }),
    declaredTraits: new Set(declared.map((name) => name.split('.', 1)[0] ?? name)),
  };
}
