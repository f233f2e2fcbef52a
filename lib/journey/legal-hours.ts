/**
 * When the law lets marketing go out, by channel and by where the recipient is: `legal` of the settings, and the presets that it
 * names. They are part of the settings and of no version, so that a law holds at once for everybody inside.
 *
 * A preset is the time of day on the recipient's clock that a rule leaves open; what a rule says of consent, contents or exceptions
 * is not here. They are no legal advice: whoever knows of a stricter rule adds windows, whoever is exempt takes a preset off.
 */
import * as z from 'zod';
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { channelSchema, type Channel, type Opening } from '#lib/contracts/step-calls.ts';

/** Where a recipient is, as far as it is known: two letters of ISO 3166, and of a state of the United States. */
export interface Jurisdiction {
  /** Undefined: of no country that is known. */
  readonly country: string | undefined;
  readonly states: readonly string[];
}

interface LegalPreset {
  /** What customers of Wend read about it. */
  readonly about: string;
  readonly source: string;
  /** The only country that it is about; absent: all. */
  readonly country?: string;
  /** What is open, in a state of its own where it differs; absent: nothing is said about those. */
  readonly open: readonly Opening[] | undefined;
  readonly openInState?: Readonly<Record<string, readonly Opening[]>>;
}

const daily = (from: string, to: string): readonly Opening[] => [{ on: [...WEEKDAYS], from, to }];
const MONDAY_TO_SATURDAY = WEEKDAYS.slice(0, 6);

const PRESETS = {
  'recipient-day': {
    about: '08:00 to 21:00 where the recipient is, in every country',
    source:
      'The hours of 47 CFR 64.1200(c)(1), kept everywhere: few countries name hours of their own, and nobody is thankful for a text at night.',
    open: daily('08:00', '21:00'),
  },
  'us-tcpa': {
    about: '08:00 to 21:00 where the recipient is, for numbers of the United States',
    source: '47 CFR 64.1200(c)(1), under the Telephone Consumer Protection Act (47 U.S.C. 227)',
    country: 'US',
    open: daily('08:00', '21:00'),
  },
  'us-states': {
    about: 'the shorter hours of states of the United States: CT, FL, KY, MA, MD, MS, OK, TX and WA',
    source:
      'Conn. Gen. Stat. 42-288a; Fla. Stat. 501.616(6); KRS 367.46955; Mass. Gen. Laws ch. 159C s. 3; Md. Code, Com. Law title 14, ' +
      'subtitle 45 (Stop the Spam Calls Act of 2023); Miss. Code 77-3-723; Okla. Stat. tit. 15 s. 775C.4; Tex. Bus. & Com. Code ' +
      '301.051 with SB 140 (2025); RCW 80.36.390',
    country: 'US',
    open: undefined,
    openInState: {
      CT: daily('09:00', '20:00'),
      FL: daily('08:00', '20:00'),
      KY: daily('10:00', '21:00'),
      MA: daily('08:00', '20:00'),
      MD: daily('08:00', '20:00'),
      MS: [{ on: [...MONDAY_TO_SATURDAY], from: '08:00', to: '20:00' }],
      OK: daily('08:00', '20:00'),
      TX: [
        { on: [...MONDAY_TO_SATURDAY], from: '09:00', to: '21:00' },
        { on: ['sunday'], from: '12:00', to: '21:00' },
      ],
      WA: daily('08:00', '20:00'),
    },
  },
} as const satisfies Record<string, LegalPreset>;

type LegalPresetName = keyof typeof PRESETS;

const presetSchema = z.enum(Object.keys(PRESETS) as (keyof typeof PRESETS)[]).describe(
  Object.entries(PRESETS)
    .map(([name, { about }]) => `"${name}": ${about}.`)
    .join(' '),
);

/** What `legal` says for a channel, or a country, to which no law of this kind applies. */
const NO_LAW = 'none';

const presetsSchema = z.union([z.literal(NO_LAW), z.array(presetSchema).min(1)]).meta({
  description: `Presets that all have to leave a time open; "${NO_LAW}" for none.`,
  examples: [['recipient-day', 'us-states']],
});

/** In `legal`: the presets for numbers of countries that are not named. */
export const OTHER_COUNTRIES = 'others';

const channelLawSchema = z
  .union([
    presetsSchema,
    z
      .record(
        // Which countries there are is a question of the check.
        z.string().min(1),
        presetsSchema,
      )
      .refine(
        (countries) => Object.keys(countries).length > 0,
        `names no country, and would take all laws off: write "${NO_LAW}" if that is meant`,
      )
      .describe(
        `Presets by the country of the recipient's number, "${OTHER_COUNTRIES}" for all others; countries that nothing is said of have none.`,
      ),
  ])
  .meta({
    examples: [['recipient-day', 'us-states'], { US: ['us-tcpa', 'us-states'], others: ['recipient-day'] }],
  });

/** `legal` of the settings. */
export const legalSchema = z
  .strictObject(
    Object.fromEntries(
      channelSchema.options.map((channel) => [
        channel,
        channelLawSchema.optional().describe(`Legal hours of marketing by ${channel}.`),
      ]),
    ) as Record<Channel, z.ZodOptional<typeof channelLawSchema>>,
  )
  .meta({ examples: [{ sms: ['recipient-day', 'us-states'] }] });
export type Legal = z.infer<typeof legalSchema>;

/** What holds for text messages where the settings say nothing of them. */
const DEFAULT_LAW: Legal = { sms: ['recipient-day', 'us-states'] };

/** `legal` of the settings, with what holds where it says nothing. */
export function legalWithDefaults(written: Legal | undefined): Legal {
  return { ...DEFAULT_LAW, ...written };
}

/** The countries that a channel's law tells apart; undefined stands for all others. */
export function namedCountries(legal: Legal, channel: Channel): (string | undefined)[] {
  const written = legal[channel];
  if (written === undefined || written === NO_LAW) return [];
  if (Array.isArray(written)) return [...new Set(written.map((name) => countryOf(name)))];
  return Object.keys(written).map((name) => (name === OTHER_COUNTRIES ? undefined : name));
}

/** The only country that a preset is about; undefined: it is about all. */
export function countryOf(name: LegalPresetName): string | undefined {
  const preset: LegalPreset = PRESETS[name];
  return preset.country;
}

/** What the law leaves open: one list of openings for each rule, all of which have to be open. Empty where none applies. */
export function legalOpenings(
  legal: Legal,
  channel: Channel,
  { country, states }: Jurisdiction,
): (readonly Opening[])[] {
  const written = legal[channel];
  if (written === undefined || written === NO_LAW) return [];
  const names = Array.isArray(written)
    ? written
    : (written[country ?? OTHER_COUNTRIES] ?? written[OTHER_COUNTRIES] ?? NO_LAW);
  if (names === NO_LAW) return [];
  return names.flatMap((name) => {
    const preset: LegalPreset = PRESETS[name];
    if (preset.country !== undefined && preset.country !== country) return [];
    const ofStates = states.flatMap((state) => {
      const open = preset.openInState?.[state];
      return open === undefined ? [] : [open];
    });
    return [...(preset.open === undefined ? [] : [preset.open]), ...ofStates];
  });
}
