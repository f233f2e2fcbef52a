// What customers do outside of journeys: on which channels they can write back, and by which events a case with the service opens and closes.
import type { ReplyChannel } from '#lib/contracts/replies/reply.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import type { ServiceCases } from '#lib/journey/service-cases.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { canBeAnswered } from '#lib/journey/sms-identity.ts';
import { BUILT_IN_EVENTS, eventProperties, type Vocabulary } from '#lib/journey/vocabulary.ts';
import { finding, type Finding } from '../diagnostics.ts';

export function checkFeedback(settings: Settings): Finding[] {
  const { serviceCases, vocabulary } = settings;
  return [
    ...settings.replies.flatMap((channel, index) =>
      reachesSomebody(settings, channel)
        ? []
        : [finding('replies-reach-nobody', ['replies', index], { channel })],
    ),
    ...(serviceCases === undefined ? [] : checkServiceCases(serviceCases, vocabulary)),
  ];
}

function reachesSomebody({ senders }: Settings, channel: ReplyChannel): boolean {
  return Object.values(senders).some((sender) => {
    if (channel !== 'sms') return sender[channel] !== undefined;
    const { sms } = sender;
    const identities = [sms?.sender, ...Object.values(sms?.countries ?? {}).map((one) => one.sender)];
    return identities.some((identity) => identity !== undefined && canBeAnswered(identity));
  });
}

function checkServiceCases({ opened, closed }: ServiceCases, vocabulary: Vocabulary): Finding[] {
  const path: JsonPath = ['serviceCases'];
  return [
    ...checkEvent(opened, [...path, 'opened'], vocabulary),
    ...checkEvent(closed, [...path, 'closed'], vocabulary),
    ...((opened.case === undefined) === (closed.case === undefined)
      ? []
      : [
          finding('case-not-told-apart', [...path, opened.case === undefined ? 'opened' : 'closed'], {
            named: opened.case === undefined ? 'closed' : 'opened',
          }),
        ]),
    ...(opened.event === closed.event
      ? [finding('case-never-open', [...path, 'closed', 'event'], { event: closed.event })]
      : []),
  ];
}

function checkEvent(
  { event, case: written }: ServiceCases['opened'],
  path: JsonPath,
  vocabulary: Vocabulary,
): Finding[] {
  const properties = eventProperties(vocabulary, event);
  if (properties === undefined) {
    const known = [...Object.keys(vocabulary.events), ...Object.keys(BUILT_IN_EVENTS)];
    return [finding('unknown-event', [...path, 'event'], { name: event, known })];
  }
  const name = written?.slice('event.'.length);
  if (name === undefined || Object.hasOwn(properties, name)) return [];
  return [finding('unknown-property', [...path, 'case'], { name, known: Object.keys(properties), event })];
}
