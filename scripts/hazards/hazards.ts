// The hazards of sending, and those of language, time, waits, entry, exit and versions, each with the tests that show that it does not occur here.
import type { Hazard, ShownByScenario, ShownByTest } from './hazard.ts';
import { HAZARDS_OF_SENDING } from './hazards-of-sending.ts';

const test = (file: string, name: string): ShownByTest => ({ file: `tests/${file}.test.ts`, test: name });
const scenario = (journey: string, name: string): ShownByScenario => ({ journey, scenario: name });

export const HAZARDS: readonly Hazard[] = [
  ...HAZARDS_OF_SENDING,
  {
    id: 'C18',
    hazard:
      'Local time goes wrong where the clocks change: in the hour left out, and in the hour that comes twice',
    shown: [
      test('simulator/scenarios/where-others-err', '09:00 in New York on the day of spring'),
      test('engine/time/proof', 'the engine agrees with the oracle where clocks are strangest'),
      test('engine/time/local-time', 'localInstant inside the gap: its end, not 03:30'),
      test('engine/time/local-time', 'localInstant the hour that New York repeats: the first'),
      test('engine/time/local-time', 'nextTimeOfDay over the change to summer time'),
      scenario(
        'delivery-day',
        'the evening before, and three hours after it has come, also when the clocks change that night',
      ),
    ],
  },
  {
    id: 'C19',
    hazard: 'The day of the week is taken in UTC and not where the customer lives',
    shown: [
      test('simulator/scenarios/where-others-err', 'Monday 08:00 in Tokyo'),
      test('engine/time/local-time', 'the weekday is the one of the local day'),
    ],
  },
  {
    id: 'C20',
    hazard: 'A window that passes midnight is read the wrong way round, or waits for the next evening',
    shown: [
      test('engine/time/sending-hours', 'a window that passes midnight is open'),
      test('engine/time/sending-hours', 'quiet hours of one zone before midnight'),
      test('engine/time/sending-hours', 'quiet hours of one zone after midnight'),
    ],
  },
  {
    id: 'C21',
    hazard:
      'The first or the last moment of a window is counted on the wrong side; windows of no or of 24 hours',
    shown: [
      test('engine/time/sending-hours', 'quiet hours of one zone at the start'),
      test('engine/time/sending-hours', 'quiet hours of one zone a millisecond before the end'),
      test('engine/time/sending-hours', 'quiet hours of one zone at the end'),
      test('engine/time/sending-hours', 'of a whole day they never end'),
    ],
  },
  {
    id: 'C22',
    hazard: 'A date that is past makes a journey send at once, or leave, without anybody having said so',
    shown: [
      test('engine/rules/date-waits', 'that is exactly now is not past, one a millisecond ago is'),
      test(
        'engine/rules/date-waits',
        'a date that is past or missing leaves the journey: nobody is called for',
      ),
      test('engine/rules/date-waits', 'a date that is past or missing goes on elsewhere'),
      scenario('delivery-day', 'booked for tomorrow late in the evening: no note, but a word afterwards'),
      scenario('voucher-expiry', 'valid for three days: the note of the last day only'),
    ],
  },
  {
    id: 'C23',
    hazard: 'A time zone is missing or garbage, or changes while the customer waits',
    shown: [
      test('engine/time/zones', 'the profile comes first, then country, then phone, then the workspace'),
      test('engine/time/zones', 'customerZone garbage is never an exception'),
      test('engine/rules/date-waits', 'the zone is that of the moment at which the step was reached'),
    ],
  },
  {
    id: 'C24',
    hazard: 'Dates without a time, without an offset, or as seconds since 1970 are read as another moment',
    shown: [
      test('contracts/time', 'parseInstant reads 2026-03-27T10:00:00+02:00'),
      test('contracts/time', 'parseInstant refuses a time without an offset'),
      test('contracts/time', 'parseInstant refuses seconds since 1970'),
      test('simulator/segment-lines', 'is refused as "timestamp is no date" with {"timestamp":1774605600}'),
      test('engine/conditions/conditions', "a date is a day in the customer's zone"),
      test(
        'engine/time/date-wait',
        'a local time in the gap is the first instant after it, of two the first',
      ),
      test('engine/time/date-wait', 'what is a date'),
    ],
  },
  {
    id: 'C25',
    hazard: '29 February, the 31st plus a month, and days that do not have 24 hours',
    shown: [
      test('engine/time/add-duration', 'a month to a shorter one'),
      test('engine/time/add-duration', 'a year from 29 February'),
      test('engine/time/add-duration', 'a day keeps the time of day'),
      test('engine/time/add-duration', '24 hours do not'),
      test('engine/rules/entry-kinds', '29 February is 28 February in other years'),
    ],
  },
  {
    id: 'C26',
    hazard: 'A delay and a time of day or weekday together end on the wrong day',
    shown: [
      test(
        'engine/time/wait-plan',
        'monday evening, two days, nine o’clock on weekdays is thursday; two days on is saturday',
      ),
      test(
        'engine/rules/send-windows',
        'Monday 18:00 and two days is Wednesday 18:00, and the window opens on Thursday at nine (C26)',
      ),
    ],
  },
  {
    id: 'C27',
    hazard: 'Quiet hours or windows that never open hold a message for ever',
    shown: [
      test('compiler/diagnostic-samples', 'quiet-hours-never-end'),
      test('compiler/diagnostic-samples', 'windows-never-open'),
    ],
  },
  {
    id: 'C28',
    hazard: "An event's clock is wrong: it lies in the future, or the sender's clock is off",
    shown: [
      test('simulator/segment-lines', 'the time of a call is never later than it was received'),
      test(
        'simulator/segment-lines',
        "the time of a call is counted from the receiver's clock where the sender's is wrong",
      ),
      test(
        'simulator/segment-lines',
        'the time of a call is not corrected a second time where Segment has done it',
      ),
    ],
  },
  {
    id: 'C29',
    hazard: 'A wait is longer than a year, or a run has more history than the platform keeps',
    shown: [
      test('simulator/legs', 'go round in loops for years, and each round has its own message'),
      test('simulator/legs', 'go on although no execution may have so many'),
      scenario('wood-care', 'the oak table is thirsty every year and a half, four times'),
    ],
  },
  {
    id: 'C30',
    hazard: 'The event that a journey waits for comes before the wait begins',
    shown: [
      test('engine/rules/waits', 'since "entry": a click after 0 minutes, told before the registration'),
      test(
        'engine/rules/waits',
        'since "30 minutes": a click after 90 minutes, told before the registration',
      ),
      test('engine/rules/waits', 'since "step": a click after 120 minutes, told before the registration'),
      test('engine/rules/waits', 'an event before the registration wins at once'),
    ],
  },
  {
    id: 'C31',
    hazard: 'An event in the same millisecond as the time-out takes both ways, or none',
    shown: [
      test('engine/rules/waits', 'an event in its last millisecond, told before the time-out'),
      test('engine/rules/waits', 'an event at its end, told before the time-out'),
      test('laws/p5-no-event-is-missed', 'in any history, no time-out is taken over an event that counted'),
    ],
  },
  {
    id: 'C32',
    hazard: 'Two events fit one wait and both go on',
    shown: [
      test('engine/rules/waits', 'the first that is decided, whatever its timestamp, if it lies inside'),
      test('engine/rules/waits', 'of several matches before the registration the earliest decides'),
    ],
  },
  {
    id: 'C33',
    hazard: 'An event comes while its wait is being registered and is lost',
    shown: [
      test('laws/p5-no-event-is-missed', 'before, during and after registration'),
      test('engine/rules/waits', 'a wait that never registered is settled with what has come meanwhile'),
    ],
  },
  {
    id: 'C34',
    hazard: 'Two carts of one customer are taken for one',
    shown: [
      test('engine/rules/entries', 'keys count re-entry by themselves'),
      scenario('delivery-day', 'two orders, each with its day'),
      scenario('saved-basket', 'buying the basket ends its run, buying something else does not'),
    ],
  },
  {
    id: 'C35',
    hazard: 'An event arrives after its window, though it happened inside it',
    shown: [
      test(
        'laws/p1-order-and-duplicates',
        'are logged as late, judged by their own timestamp, and never reopen a run',
      ),
      test('engine/rules/waits', 'an event told after the time-out was decided comes too late'),
    ],
  },
  {
    id: 'C36',
    hazard: 'A cancellation just before or after the trigger is missed or overtakes it',
    shown: [
      test('engine/rules/exits', 'an event from before the entry is none, one of the same instant is'),
      test(
        'engine/rules/entry-lag',
        'is followed by what happened after the entry event, before its decision',
      ),
      test('engine/rules/entry-lag', 'is not followed by what happened before it'),
    ],
  },
  {
    id: 'C37',
    hazard: 'Two entries at once let a customer in twice',
    shown: [
      test(
        'laws/p1-order-and-duplicates',
        'in any history, an input told again to any later document changes nothing',
      ),
      test('laws/p8-no-run-is-lost', 'at any moment of any interleaving the sums are right'),
    ],
  },
  {
    id: 'C38',
    hazard: 'Re-entry is forgotten after a while, or counts from the wrong moment',
    shown: [
      test('engine/rules/entries', 're-entry "never": no earlier entry, for ever'),
      test('engine/rules/entries', 're-entry after a duration needs an exit as well'),
      test('engine/rules/entries', 're-entry "always": runs may overlap'),
      test('engine/rules/entries', 'keys beyond two thousand "never" refuses instead of forgetting'),
    ],
  },
  {
    id: 'C39',
    hazard: 'A customer enters again while still waiting in the run before',
    shown: [
      test('engine/rules/entries', 're-entry "after exit": not while inside, at once when outside'),
      scenario('saved-basket', 'saving it again before the reminder changes nothing'),
    ],
  },
  {
    id: 'C40',
    hazard: 'An exit waits for the next step, or an event that is both goal and exit counts only once',
    shown: [
      test('engine/rules/exits', 'the goal comes before the exits, the exits before the wait'),
      test('laws/p2-nothing-forbidden-is-sent', 'whatever forbids a send arrives in any millisecond of it'),
      scenario('win-back', 'an order is the goal, and not only being back'),
    ],
  },
  {
    id: 'C41',
    hazard: 'A trait that comes with the event is not yet there when the entry is decided',
    shown: [test('engine/rules/entries', 'only where the condition holds, with the traits of this moment')],
  },
  {
    id: 'C42',
    hazard: 'A customer who leaves and enters a segment within a second is lost track of',
    shown: [
      test(
        'engine/rules/segments',
        'left and entered again within a second: both are told, and the time counts anew',
      ),
      test('laws/membership', 'is what the condition says of the whole history, at every instant'),
    ],
  },
  {
    id: 'C43',
    hazard: 'Two customers turn out to be one while both are inside a journey',
    shown: [test('simulator/identities', 'a device is a customer only after a call has carried both ids')],
    explained: { page: 'docs/hazards.md', heading: 'C43: two customers become one' },
  },
  {
    id: 'C44',
    hazard: 'A deployment disturbs, strands or ends those who are inside',
    shown: [
      test('simulator/deploy', 'draws only the customers of a removed arm anew'),
      test('laws/p7-versions', 'whatever is deployed while people are inside'),
      test('engine/rules/plan', 'keeps customers in their arms when shares change'),
    ],
  },
  {
    id: 'C45',
    hazard: 'What falls due or happens during a pause is lost',
    shown: [
      test('simulator/legs', 'holds what falls due, and goes on in the order of due'),
      test('simulator/legs', 'lets events, exits and goals count meanwhile, and waits run out'),
      scenario('wood-care', 'while we pause it, the reminder waits; an order counts all the same'),
    ],
  },
  {
    id: 'C46',
    hazard: 'A bad version cannot be taken back, or a journey not be stopped at once',
    shown: [
      test('simulator/deploy', 'is taken back by deploying the one before'),
      test('simulator/deploy', 'is stopped at once by the switch, without a deployment, for every version'),
    ],
  },
  {
    id: 'C47',
    hazard: 'A journey refers to a message, segment or topic that is not there',
    shown: [
      test('compiler/diagnostic-samples', 'unknown-message'),
      test('compiler/diagnostic-samples', 'unknown-topic'),
    ],
  },
  {
    id: 'C48',
    hazard: 'A journey turns in a circle without end',
    shown: [
      test('compiler/diagnostic-samples', 'loop-without-bound'),
      test('compiler/diagnostic-samples', 'loop-without-wait'),
    ],
  },
  {
    id: 'C49',
    hazard: 'Shares of a split do not sum to a hundred, or are rounded away',
    shown: [
      test('compiler/diagnostic-samples', 'shares-not-100'),
      test('engine/rules/plan', 'shares that do not quite sum to a hundred leave nobody out'),
    ],
  },
  {
    id: 'C50',
    hazard: 'A customer is drawn into another arm the next time, or arms are drawn unevenly',
    shown: [
      test('engine/rules/plan', 'split gives each arm its share'),
      test(
        'engine/rules/plan',
        'different experiments draw independently, one experiment alike in every journey',
      ),
    ],
  },
  {
    id: 'C51',
    hazard: 'A system that a journey calls is down',
    shown: [
      test(
        'engine/rules/outside-calls',
        'a definite refusal fails at once; with onFailure "exit" it ends the run',
      ),
      test(
        'engine/rules/outside-calls',
        'a busy one is tried again, up to the last attempt, which is a failure',
      ),
      scenario(
        'returned-order',
        'a model that does not answer is asked for a quarter of an hour, then nobody is at risk',
      ),
    ],
  },
  {
    id: 'C52',
    hazard: 'A profile is huge or malformed',
    shown: [
      test(
        'laws/p9-decisions-repeat',
        'no value makes a decision fail, and every document stays one that can be stored',
      ),
      test(
        'laws/p9-decisions-repeat',
        'a value nested deeper than a stack is high is taken for one that is too large',
      ),
    ],
  },
  {
    id: 'C53',
    hazard: 'The same history decided again gives other decisions',
    shown: [
      test(
        'laws/p9-decisions-repeat',
        'any document of any history decides any call twice in the same bytes',
      ),
      test('laws/p9-decisions-repeat', 'two plays of the same history are the same to the last byte'),
    ],
  },
  {
    id: 'C54',
    hazard: 'History that is imported sets journeys off',
    shown: [test('engine/rules/entry-kinds', 'what is imported')],
  },
  {
    id: 'C55',
    hazard: 'Those who entered are not those who are inside, have left or have failed',
    shown: [
      test('laws/p8-no-run-is-lost', 'at any moment of any interleaving the sums are right'),
      test(
        'laws/p8-no-run-is-lost',
        'whatever the journey: nobody who is inside is lost, failed or made deaf',
      ),
    ],
  },
];
