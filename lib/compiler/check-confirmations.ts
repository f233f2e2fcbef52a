// Topics that have to be confirmed (double opt-in), and whether anything asks the customers for it.
import { LINK_SECONDS } from '#lib/contracts/customer-link.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { CONSENT_REQUESTED } from '#lib/journey/vocabulary.ts';
import { findingAtKey, type Diagnostic, type Finding } from './diagnostics.ts';
import { shortestLength } from './lengths.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { CheckedJourney, MessageSummary } from './workspace.ts';

/** What cannot be meant of a topic, whatever journeys there are. */
export function checkConfirmed(topics: Settings['topics']): Finding[] {
  return Object.entries(topics).flatMap(([id, { confirm, withoutRecord }]): Finding[] => {
    if (confirm === undefined) return [];
    if (withoutRecord === 'granted')
      return [findingAtKey('confirm-without-record', ['topics', id, 'confirm'], {})];
    const isTooLong = confirm !== true && shortestLength(confirm.within) > LINK_SECONDS.confirm * 1000;
    return isTooLong ? [findingAtKey('confirm-too-long', ['topics', id, 'confirm', 'within'], {})] : [];
  });
}

/**
 * Topics whose requests nobody answers: no journey that lets in by `Consent Requested` for this topic sends a transactional message of
 * the topic with the link that confirms. `journeys`: all of the workspace, without errors.
 */
export function checkAnswered(
  topics: Settings['topics'],
  file: SourceFile,
  journeys: readonly CheckedJourney[],
  messages: ReadonlyMap<string, MessageSummary>,
): Diagnostic[] {
  const { json } = readJson(file);
  if (json === undefined) return [];
  const answers = journeys.flatMap((journey) => answersOf(journey, messages));
  const unanswered = Object.entries(topics).flatMap(([topic, { confirm }]): Finding[] => {
    if (confirm === undefined) return [];
    const ofTopic = answers.filter((one) => one.topic === topic);
    if (ofTopic.some(({ confirms }) => confirms)) return [];
    const message = ofTopic[0]?.message;
    return [findingAtKey('confirm-unanswered', ['topics', topic, 'confirm'], { topic, message })];
  });
  return located(json, unanswered);
}

interface Answer {
  readonly topic: string | undefined;
  readonly message: string;
  readonly confirms: boolean;
}

function answersOf(
  { status, journey, manifest: { entry, flow } }: CheckedJourney,
  messages: ReadonlyMap<string, MessageSummary>,
): readonly Answer[] {
  // What is paused is live again one day; nobody enters a draft or what is retired.
  if (status === 'draft' || status === 'retired') return [];
  if (entry.trigger.kind !== 'event' || entry.trigger.event !== CONSENT_REQUESTED) return [];
  return Object.values(flow.nodes).flatMap((node): Answer[] => {
    if (node.kind !== 'send' || node.settings.class !== 'transactional') return [];
    const { topic } = node.settings;
    if (topic === undefined || !mayConcern(journey.entry.where, topic)) return [];
    // Named with its hash.
    const [message = ''] = node.settings.message.split('@');
    const printed = messages.get(message)?.confirms;
    const confirms = printed === undefined || node.settings.channels.some((one) => printed.includes(one));
    return [{ topic, message, confirms }];
  });
}

/** False where the entry asks for another topic by its name; other conditions are nobody's guess. */
function mayConcern(where: unknown, topic: string): boolean {
  if (!isObject(where)) return true;
  const asked = where['event.topic'];
  return typeof asked !== 'string' || asked === topic;
}
