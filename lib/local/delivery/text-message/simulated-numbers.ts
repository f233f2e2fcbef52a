// The numbers with which AWS lets senders try out what becomes of text messages: they stay inside AWS.
// https://docs.aws.amazon.com/sms-voice/latest/userguide/test-phone-numbers.html
import type { Planned } from '../happenings/happenings.ts';

/** By country: of success, of failure. */
const NUMBERS: readonly (readonly [success: string, failure: string])[] = [
  ['+61455944038', '+61455944039'],
  ['+43676800442031', '+43676800442032'],
  ['+32460213922', '+32460213923'],
  ['+56229140630', '+56229140631'],
  ['+420790542286', '+420790542287'],
  ['+4525919410', '+4525919215'],
  ['+37282720792', '+37282720793'],
  ['+3584573979110', '+3584573979111'],
  ['+33755512501', '+33755512502'],
  ['+85257048426', '+85257048854'],
  ['+36707178770', '+36707178772'],
  ['+394390009172', '+394390009174'],
  ['+447937404990', '+447937404992'],
  ['+352691385880', '+352691385882'],
  ['+3197008100148', '+3197008100150'],
  ['+4759449384', '+4759449387'],
  ['+48732141440', '+48732141442'],
  ['+351927946948', '+351927946950'],
  ['+40783900330', '+40783900332'],
  ['+34683783440', '+34683783442'],
  ['+46790645100', '+46790645102'],
  ['+41798075872', '+41798075874'],
  ['+886903444630', '+886903444632'],
  ['+447860019066', '+447860019067'],
  ['+14254147755', '+14254147167'],
];

const SUCCESS = new Set(NUMBERS.map(([success]) => success));
const FAILURE = new Set(NUMBERS.map(([, failure]) => failure));

/** undefined for any other number. Which of its failures AWS reports is not documented: here the number cannot be reached. */
export function simulatedFate(number: string): readonly Planned[] | undefined {
  if (SUCCESS.has(number)) return [{ afterMillis: 2000, happening: { what: 'delivered' } }];
  if (FAILURE.has(number)) return [{ afterMillis: 2000, happening: { what: 'bounced', type: 'transient' } }];
  return undefined;
}
