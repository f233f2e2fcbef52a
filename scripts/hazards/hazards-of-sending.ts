// The hazards of sending, consent and suppression, each with the tests that show that it does not occur here.
import type { Hazard, ShownByTest } from './hazard.ts';

const test = (file: string, name: string): ShownByTest => ({ file: `tests/${file}.test.ts`, test: name });

export const HAZARDS_OF_SENDING: readonly Hazard[] = [
  {
    id: 'C01',
    hazard: 'The sender dies after the provider has taken the message and before it is written down',
    shown: [
      test('laws/p3-sends-and-crashes', 'a marketing send survives a crash in each of its moments'),
      test('laws/p3-sends-and-crashes', 'a transactional send survives a crash in each of its moments'),
      test('laws/fault-injection/fault-injection', 'no schedule breaks a promise'),
      test('laws/fault-injection/fault-injection', 'a protocol with claim after the call is noticed'),
    ],
  },
  {
    id: 'C02',
    hazard: 'A time-out or a throttle is tried again, and the message goes out twice',
    shown: [
      test('adapters/aws/delivery/connections', 'is accepted with the id that the provider gives'),
      test('adapters/aws/delivery/connections', 'a throttle'),
      test('adapters/aws/delivery/failures', 'nobody answers in time'),
      test('laws/fault-injection/fault-injection', 'a protocol with silence taken for a refusal is noticed'),
      test(
        'laws/fault-injection/fault-injection',
        'a protocol with a client that tries again by itself is noticed',
      ),
    ],
  },
  {
    id: 'C03',
    hazard: 'One recipient that is gone holds up the others, or is asked about again and again',
    shown: [
      test('adapters/aws/delivery/other-channels', 'one device has taken it'),
      test('engine/rules/learned-addresses', 'leave the profile with the answer'),
      test('engine/rules/learned-addresses', 'nobody asks about them again'),
    ],
  },
  {
    id: 'C04',
    hazard: 'Events that come twice or out of order change what is sent',
    shown: [
      test('laws/p1-order-and-duplicates', 'an input told again to any later document changes nothing'),
      test(
        'laws/p1-order-and-duplicates',
        'may arrive in any order: documents, waits and sends are the same',
      ),
      test('laws/reports-in-any-order', 'twice, late and in any order leave the same customer'),
      test('laws/fault-injection/fault-injection', 'no schedule breaks a promise'),
    ],
  },
  {
    id: 'C05',
    hazard: 'Two senders claim the same send',
    shown: [
      test('laws/fault-injection/fault-injection', 'no schedule breaks a promise'),
      test('laws/fault-injection/fault-injection', 'a protocol with writes over other writes is noticed'),
    ],
  },
  {
    id: 'C06',
    hazard: 'The variants of one message are counted as several, and "once" is twice',
    shown: [test('engine/rules/caps', 'the variants of a split share their place, re-entries too')],
  },
  {
    id: 'C07',
    hazard: 'A message counts as delivered, or opened, though nobody got it',
    shown: [
      test(
        'laws/reports-in-any-order',
        'accepted is not delivered, and an opening by a machine is no opening',
      ),
      test('engine/rules/reports', 'opens and clicks by machines do not count'),
    ],
  },
  {
    id: 'C08',
    hazard:
      'Who has left, unsubscribed or reached a cap while the message was on its way gets it all the same',
    shown: [
      test('laws/p2-nothing-forbidden-is-sent', 'whatever forbids a send arrives in any millisecond of it'),
      test('laws/fault-injection/fault-injection', 'a protocol with caps read before the claim is noticed'),
      test(
        'laws/fault-injection/fault-injection',
        'a protocol with consent read before the claim is noticed',
      ),
      test('laws/fault-injection/fault-injection', 'a protocol with claims that never grow old is noticed'),
    ],
  },
  {
    id: 'C09',
    hazard: 'Sends that a provider holds back are lost, starve, or all come back at once',
    shown: [
      test('engine/rules/busy-provider', 'is asked ever more rarely, up to each half hour'),
      test('engine/rules/busy-provider', 'sends that were put off together do not come back together'),
      test('engine/rules/busy-provider', 'its message expires from when the step was first reached'),
    ],
  },
  {
    id: 'C10',
    hazard: 'What becomes of a message beyond a cap is left open',
    shown: [
      test('engine/rules/caps', 'several caps hold together: with "wait" until the last of them has room'),
      test('engine/rules/caps', 'with "wait" a place that is free only after the message expires'),
      test('laws/p4-caps-hold', 'in any history, no send goes beyond the caps of its step'),
    ],
  },
  {
    id: 'C11',
    hazard: 'Who unsubscribes between the decision and the message gets it all the same',
    shown: [
      test('laws/unsubscribe-at-once', 'by the page, for everything forbids a send that is reached only now'),
      test('laws/unsubscribe-at-once', 'by a complaint forbids a send that was put off until the morning'),
      test(
        'laws/unsubscribe-at-once',
        'for the topic forbids a send that waits for its turn on a channel with a rate',
      ),
      test(
        'laws/unsubscribe-at-once',
        'by an operator forbids a send that was claimed, and its claim has grown old',
      ),
      test('laws/unsubscribe-at-once', 'forbids a send whose night was folded into the wait before it'),
      test('laws/p2-nothing-forbidden-is-sent', 'whatever forbids a send arrives in any millisecond of it'),
    ],
  },
  {
    id: 'C12',
    hazard: 'An unsubscribe leaves the customer stuck in the journey',
    shown: [
      test(
        'laws/unsubscribe-at-once',
        'by one click in the mail program leaves the channels that it is not about',
      ),
      test(
        'laws/unsubscribe-at-once',
        'by one click in the mail program forbids a send that is reached only now',
      ),
    ],
  },
  {
    id: 'C13',
    hazard: 'A bounce or complaint that is told late ends what was lifted since',
    shown: [
      test('laws/consent-order', 'a bounce of before it was lifted, however late it is told'),
      test('laws/consent-order', 'is the same in every order of arrival'),
      test(
        'laws/consent-order',
        'a bounce of a message that nobody remembers is about the address of that time',
      ),
    ],
  },
  {
    id: 'C14',
    hazard: 'It is not clear which of several words about consent counts',
    shown: [
      test('engine/rules/consent-precedence', 'has a row for each of the 162 combinations'),
      test(
        'engine/rules/consent-precedence',
        'everything refused, channel granted, topic granted, topic on channel granted, needs no record',
      ),
      test('engine/rules/consent-precedence', 'of a topic that settings do not know nobody has consented'),
      test('laws/consent-order', 'an import never makes anything possible that a refusal forbids'),
    ],
  },
  {
    id: 'C15',
    hazard: 'The one click asks for a login or leads elsewhere, and a scanner that opens links unsubscribes',
    shown: [
      test('pages/unsubscribe', 'is answered with 200, without cookies and without leading elsewhere'),
      test('pages/unsubscribe', 'is answered the same when it is repeated, and writes nothing then'),
      test('pages/unsubscribe', 'by GET changes nothing, whether a person or a scanner'),
      test('pages/unsubscribe', 'by HEAD changes nothing, whether a person or a scanner'),
    ],
  },
  {
    id: 'C16',
    hazard: 'Whoever was forwarded a message learns of the customer from its links, or acts for another one',
    shown: [
      test('pages/unsubscribe', 'sees the address only as its owner knows it'),
      test('pages/unsubscribe', 'sees nothing of the customer by a link that is too old'),
      test('pages/unsubscribe', 'is also one of another purpose'),
      test('pages/privacy', 'shows whose data it is, what can be done, and nothing that is stored'),
      test('pages/privacy', 'does nothing any more after a day'),
    ],
  },
  {
    id: 'C17',
    hazard:
      'Somebody is erased in the middle of a journey, and is written to, kept somewhere, or known again by a late event',
    shown: [
      test('laws/erasure', 'is gone whatever was under way, and stays gone whatever comes after'),
      test('laws/erasure', 'is gone in whichever millisecond of a send, a start or a wake it is decided'),
      test(
        'adapters/aws/dynamodb/belongings',
        'is exported whole, erased whole, and back only by their own return',
      ),
      test(
        'functions/no-personal-data',
        'is in nothing that a function tells, however badly services behave',
      ),
    ],
  },
];
