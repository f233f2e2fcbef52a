// Those who carry messages, on a laptop: every one that they are asked to send is in the outbox, and what becomes of it is told on the
// default bus in the provider's own words.
import type { JsonObject } from '../asl/json.ts';
import type { Chaos } from '../chaos.ts';
import type { Service } from '../gateway/service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { Behaviours } from './behaviours/behaviours.ts';
import { lifeLikePlan } from './behaviours/life-like.ts';
import { planOf } from './behaviours/plan.ts';
import { Carrier } from './carrier.ts';
import { AccountSending } from './email/account-sending.ts';
import { parseConfigurationSet, parseEventDestination } from './email/configuration-set-resource.ts';
import { ConfigurationSets } from './email/configuration-sets.ts';
import { emailReports, feedbackId } from './email/email-events.ts';
import { emailService } from './email/email-service.ts';
import { Identities } from './email/identities.ts';
import { readEmailEnvelope } from './email/email-envelope.ts';
import {
  isReputationBounce,
  isReputationComplaint,
  Reputation,
  type ReputationRates,
} from './email/reputation.ts';
import { isSimulated } from './email/simulated-mailboxes.ts';
import { ACCOUNT_SUPPRESSES, EMAIL_ERRORS } from './email/send-email.ts';
import { SuppressionList } from './email/suppression-list.ts';
import type { Happening } from './happenings/happening.ts';
import { Happenings } from './happenings/happenings.ts';
import { Outbox } from './outbox/outbox.ts';
import { noteTableChange } from './outbox/table-notes.ts';
import type { OutboxMessage } from './outbox/outbox-message.ts';
import {
  answerFunction,
  NOT_REACHED,
  outsideService,
  type FunctionAnswer,
} from './outside/outside-answers.ts';
import { PUSH_ERRORS, pushService } from './push/push-service.ts';
import type { ApplicationReport, TwoWayChannels } from './reactions/application-report.ts';
import { providerReply } from './reactions/provider-reply.ts';
import { react, type Reaction } from './reactions/reaction.ts';
import type { ReportedEvent } from './reported-event.ts';
import { isOptIn, isOptOut, OptOutList } from './text-message/opt-out-lists.ts';
import { reportTextMessage } from './text-message/text-message-events.ts';
import { TEXT_MESSAGE_ERRORS, textMessageService } from './text-message/text-message-service.ts';
import { reportWhatsAppMessage } from './whatsapp/whatsapp-events.ts';
import { WHATSAPP_ERRORS, whatsAppService } from './whatsapp/whatsapp-service.ts';

/** Numbers and mailboxes that are connected to a topic. */
export interface TwoWay {
  readonly channels: TwoWayChannels;
  /** `id`: the same for the same answer. `at`: milliseconds of the business's clock since 1970. */
  readonly publish: (id: string, message: JsonObject, at: number) => Promise<unknown> | void;
}

export interface DeliveryOptions {
  readonly time: CloudTime;
  readonly place: Place;
  readonly chaos: Chaos;
  readonly journal: Journal;
  /** Puts an event of a provider on the account's default bus. */
  readonly report: (event: ReportedEvent) => Promise<unknown> | void;
  /** UUIDs. */
  readonly uniqueId: () => string;
  /** Domains and addresses from which e-mails may be sent: those of the settings' senders. */
  readonly identities: Iterable<string>;
  /** Shares of e-mails that have bounced for good or were complained about, whenever they may have changed. */
  readonly onReputation: (rates: ReputationRates) => void;
  /** Whose run it is: push and webhook messages carry the run and no more. */
  readonly whoRuns: (run: string) => { readonly customer: string; readonly journey: string } | undefined;
  /** Puts on the bus of applications what customers do and no provider reports: openings of push, in-app messages, answers. */
  readonly tellAsApplication: (report: ApplicationReport) => Promise<unknown> | void;
  /** On which channels the provider tells what customers write back, and where it is published; without it, applications tell it. */
  readonly replies?: TwoWay;
  /** Customers open, click and bounce as they do on average, by lots that this text decides. Without it, everything arrives and no more. */
  readonly lifeLike?: string;
}

export interface Delivery {
  /** For the gateway: SES, text messages, push, WhatsApp, and endpoints outside. */
  readonly services: readonly Service[];
  readonly outbox: Outbox;
  readonly behaviours: Behaviours;
  /** Properties of `AWS::SES::ConfigurationSet`, references resolved. Throws where it cannot be run. */
  addConfigurationSet(id: string, properties: unknown): void;
  /** Of `AWS::SES::ConfigurationSetEventDestination`. */
  addEventDestination(id: string, properties: unknown): void;
  /** Answers a call of a function that is not in the template. `payload` is JSON. Throws ServiceError where that was set. */
  answerOutside(functionName: string, payload: string): Promise<FunctionAnswer>;
  /** A customer's doing. Rejects with ImpossibleReaction. */
  react(id: string, reaction: Reaction): Promise<void>;
  /** To be told of every item written to the table of profiles, in the form of DynamoDB's interface. */
  noteTableChange(newImage: unknown): void;
  /** Once, when the journal has told everything: what was before messages when the cloud ended is arranged again. */
  resume(): void;
  /** Ends its timers: of calls that are not answered on purpose, and of reports that wait. */
  close(): void;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { time, place, chaos, journal, report, uniqueId, whoRuns, lifeLike } = options;
  const now = () => time.business.now();
  const outbox = new Outbox(journal);
  const behaviours = new Behaviours(journal, {
    email: EMAIL_ERRORS,
    sms: TEXT_MESSAGE_ERRORS,
    push: PUSH_ERRORS,
    whatsapp: WHATSAPP_ERRORS,
    webhook: NOT_REACHED,
    inapp: [],
  });
  const sets = new ConfigurationSets();
  const suppressed = new SuppressionList(journal);
  const account = new AccountSending(journal);
  const reputation = new Reputation(options.onReputation);
  const optedOut = new OptOutList(journal);
  const twoWay = options.replies?.channels ?? new Set();
  const happenings = new Happenings({
    clock: time.business,
    timers: time.infrastructure,
    outbox,
    report,
    tellAsApplication: options.tellAsApplication,
    twoWay,
    publishReply: (message, text, at) => {
      const reply = providerReply(place, message, text, at);
      return reply === undefined ? undefined : options.replies?.publish(reply.id, reply.message, at);
    },
    reports: {
      email: emailReports(place, sets),
      sms: reportTextMessage,
      whatsapp: reportWhatsAppMessage,
      // Nobody reports on these: the answer of the call was all, or the application tells.
      push: () => undefined,
      webhook: () => undefined,
      inapp: () => undefined,
    },
    onHappened: (message, happening, at) => {
      reputation.note(message, happening);
      suppress(sets, suppressed, message, happening, at);
      optOut(optedOut, message, happening, at);
    },
  });
  const carrier = new Carrier({
    timers: time.infrastructure,
    chaos,
    behaviours,
    happenings,
    uniqueId,
    whoRuns,
    usually: (message, recipient) =>
      lifeLike === undefined
        ? planOf({ does: 'deliver' }, message)
        : lifeLikePlan(lifeLike, [recipient, String(now())], message),
  });
  const email = { carrier, account, sets, suppressed, now, uniqueId };
  return {
    outbox,
    behaviours,
    services: [
      emailService({
        ...email,
        identities: new Identities(place.region, options.identities),
        sentSince: (instant) => outbox.countSince('email', instant),
      }),
      textMessageService({ carrier, optedOut, place, now, uniqueId }),
      pushService({ carrier, uniqueId }),
      whatsAppService({ carrier, uniqueId }),
      outsideService({ carrier, uniqueId }),
    ],
    addConfigurationSet: (id, properties) => sets.add(parseConfigurationSet(id, properties)),
    addEventDestination: (id, properties) => sets.addDestination(parseEventDestination(id, properties)),
    answerOutside: (name, payload) => answerFunction({ carrier, uniqueId }, name, payload),
    react: (id, reaction) => react({ outbox, happenings, twoWay }, id, reaction),
    noteTableChange: (newImage) => noteTableChange({ outbox, happenings, uniqueId }, newImage),
    resume: () => happenings.resume(),
    close: () => {
      carrier.close();
      happenings.close();
    },
  };
}

/** Hard bounces and complaints put an address on the account's list, where the configuration set says so. */
function suppress(
  sets: ConfigurationSets,
  list: SuppressionList,
  message: OutboxMessage,
  happening: Happening,
  at: number,
): void {
  const [address = ''] = message.to;
  if (message.channel !== 'email' || isSimulated(address)) return;
  const isBounce = isReputationBounce(happening);
  if (!isBounce && !isReputationComplaint(happening)) return;
  const reason = isBounce ? 'BOUNCE' : 'COMPLAINT';
  const { configurationSet } = readEmailEnvelope(message.envelope);
  const reasons =
    (configurationSet === undefined ? undefined : sets.get(configurationSet).suppressedReasons) ??
    ACCOUNT_SUPPRESSES;
  if (!reasons.includes(reason)) return;
  list.put({ address, reason, at, messageId: message.providerId, feedbackId: feedbackId(message, at) });
}

/** AWS answers keywords by itself: the number goes on the list, and the next message to it is refused. */
function optOut(list: OptOutList, message: OutboxMessage, happening: Happening, at: number): void {
  const [number = ''] = message.to;
  if (message.channel !== 'sms') return;
  if (list.find(number) !== undefined && happening.what === 'replied' && isOptIn(happening.text))
    list.remove(number);
  if (list.find(number) !== undefined) return;
  const isOut =
    happening.what === 'unsubscribed' || (happening.what === 'replied' && isOptOut(happening.text));
  if (isOut) list.put({ number, at, byThemselves: true });
}
