/** How often, until when not, in which language and zone: the choices that are no consent. */
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { frequencySchema, type CustomerDocument, type Frequency } from '#lib/engine/document.ts';
import { isPausedByCustomer } from '#lib/engine/rules/preferences.ts';
import type { Told } from './decide.ts';

/** Pauses that the page offers, in days. */
export const PAUSES = { week: 7, month: 30, quarter: 90 } as const;
const DAY_MILLIS = 86_400_000;

export function frequencyOf({ preferences }: CustomerDocument): Frequency {
  return preferences?.frequency?.value ?? 'all';
}

/** Undefined where the customer does not pause now. */
export function pausedUntil(document: CustomerDocument, now: Instant): Instant | undefined {
  return isPausedByCustomer(document, now)
    ? (document.preferences?.pausedUntil?.value ?? undefined)
    : undefined;
}

/** What the fields `frequency` and `pause` change; a field that is missing or none of the page's changes nothing. */
export function toldByPace(document: CustomerDocument, form: URLSearchParams, now: Instant): readonly Told[] {
  const frequency = frequencySchema.safeParse(form.get('frequency')).data;
  const pause = form.get('pause') ?? '';
  const until = Object.hasOwn(PAUSES, pause)
    ? addMillis(now, PAUSES[pause as keyof typeof PAUSES] * DAY_MILLIS)
    : pause === 'none' && pausedUntil(document, now) !== undefined
      ? null
      : undefined;
  const properties = {
    ...(frequency !== undefined && frequency !== frequencyOf(document) && { frequency }),
    ...(until !== undefined && { pausedUntil: until }),
  };
  return Object.keys(properties).length === 0 ? [] : [{ event: 'Preferences Changed', properties }];
}

/** Time zones that there are, by their IANA names. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

/** Traits that the fields `locale` and `timezone` change, if they are among those offered. */
export function toldTraits(
  { traits }: CustomerDocument,
  form: URLSearchParams,
  languages: readonly string[],
): Readonly<Record<string, string>> {
  const offered: Readonly<Record<string, readonly string[]>> = { locale: languages, timezone: ZONES };
  return Object.fromEntries(
    Object.entries(offered).flatMap(([name, values]) => {
      const value = form.get(name) ?? '';
      return values.includes(value) && value !== traits[name]?.value ? [[name, value]] : [];
    }),
  );
}
