// The settings from their text: parsed, and checked by the rules that need nothing else.
import { settingsSchema, type Settings } from '#lib/journey/settings.ts';
import { BUILT_IN_EVENTS, BUILT_IN_TRAITS, type ValueType, REQUEST_EVENT } from '#lib/journey/vocabulary.ts';
import { checkConfirmed } from './check-confirmations.ts';
import { checkCaps } from './checks/caps.ts';
import { checkFatigue } from './checks/fatigue.ts';
import { checkTimezone } from './checks/known-timezones.ts';
import { checkLegal } from './checks/legal.ts';
import { checkFeedback } from './checks/feedback.ts';
import { checkRecommendation, type CatalogNames } from './checks/recommendations.ts';
import { checkQuietWindow } from './checks/quiet-hours.ts';
import { checkPlainEvents } from './checks/plain-events.ts';
import { checkRates } from './checks/rates.ts';
import { checkSenders } from './checks/senders.ts';
import { checkSettingsHours } from './checks/windows.ts';
import { fileDiagnostic, finding, findingAtKey, type Diagnostic, type Finding } from './diagnostics.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import { readTyped } from './parse/typed-json.ts';

export interface SettingsOutcome {
  /** Undefined where there is an error. */
  readonly settings: Settings | undefined;
  /** What names in journeys can be compared with: settings of the right shape, even if a rule is broken. */
  readonly usable: Settings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** `catalog`: absent where it is not known, and nothing is compared with it. */
export function checkSettings(source: SourceFile | undefined, catalog?: CatalogNames): SettingsOutcome {
  if (source === undefined) {
    const diagnostics = [fileDiagnostic('settings-missing', { file: 'settings.json' }, {})];
    return { settings: undefined, usable: undefined, diagnostics };
  }
  const { json, diagnostics: ofText } = readJson(source);
  if (json === undefined) return { settings: undefined, usable: undefined, diagnostics: ofText };
  const typed = readTyped(settingsSchema, json.value);
  const rules = typed.value === undefined ? [] : checkRules(typed.value, catalog, typed.whole);
  const ofRules = rules.map((each) => ({ ...each, path: typed.original(each.path) }));
  const diagnostics = located(json, [...typed.findings, ...ofRules]);
  const usable = typed.whole ? typed.value : undefined;
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { settings: failed ? undefined : usable, usable, diagnostics };
}

function checkRules(settings: Settings, catalog: CatalogNames | undefined, whole: boolean): Finding[] {
  const { defaultTopic, topics, quietHours, timezone, caps } = settings;
  return [
    ...checkTimezone(timezone, ['timezone']),
    ...(defaultTopic === undefined || Object.hasOwn(topics, defaultTopic)
      ? []
      : [finding('unknown-topic', ['defaultTopic'], { name: defaultTopic, known: Object.keys(topics) })]),
    ...checkConfirmed(topics),
    ...checkCaps(caps, ['caps']),
    ...Object.entries(quietHours).flatMap(([name, window]) => checkQuietWindow(window, ['quietHours', name])),
    ...(whole ? checkSettingsHours(settings) : []),
    ...checkRates(settings.perSecond, ['perSecond']),
    ...checkFatigue(settings),
    ...checkBuiltIn(settings),
    ...checkPlainEvents(settings),
    ...checkSenders(settings),
    ...checkLegal(settings.legal),
    ...checkFeedback(settings),
    ...(catalog === undefined
      ? []
      : Object.entries(settings.recommend).flatMap(([name, one]) => [
          ...checkRecommendation(one, ['recommend', name], catalog),
        ])),
  ];
}

/** What is built in may be repeated, but not changed. */
function checkBuiltIn({ vocabulary }: Settings): Finding[] {
  const traits = differences(vocabulary.traits, BUILT_IN_TRAITS, (name) =>
    Object.hasOwn(BUILT_IN_TRAITS, name),
  ).map((name) => findingAtKey('built-in-changed', ['vocabulary', 'traits', name], { name }));
  const events = Object.entries(BUILT_IN_EVENTS).flatMap(([event, properties]) =>
    differences(
      vocabulary.events[event] ?? {},
      properties,
      (name) => event !== REQUEST_EVENT || Object.hasOwn(properties, name),
    ).map((name) => findingAtKey('built-in-changed', ['vocabulary', 'events', event, name], { name })),
  );
  return [...traits, ...events];
}

function differences(
  declared: Readonly<Record<string, ValueType>>,
  builtIn: Readonly<Record<string, ValueType>>,
  concerns: (name: string) => boolean,
): string[] {
  return Object.keys(declared).filter(
    (name) => concerns(name) && (!Object.hasOwn(builtIn, name) || builtIn[name] !== declared[name]),
  );
}
