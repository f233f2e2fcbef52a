// Topics that have to be confirmed (double opt-in), and whether anything asks the customers for it.
import { LINK_SECONDS } from '#lib/contracts/customer-link.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { CONSENT_REQUESTED } from '#lib/journey/vocabulary.ts';
import { findingAtKey, type Diagnostic, type Finding } from './diagnostics.ts';
import { shortestLength } from './lengths.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { CheckedJourney } from './workspace.ts';

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
 * Topics whose requests nobody answers: no journey that lets in by `Consent Requested` sends a transactional message of the topic, and
 * its link is what confirms. `journeys`: all of the workspace, without errors.
 */
export function checkAnswered(
  topics: Settings['topics'],
  file: SourceFile,
  journeys: readonly CheckedJourney[],
): Diagnostic[] {
  const { json } = readJson(file);
  if (json === undefined) return [];
  const answered = new Set(journeys.flatMap(answeredBy));
  const unanswered = Object.keys(topics).filter(
    (id) => topics[id]?.confirm !== undefined && !answered.has(id),
  );
  return located(
    json,
    unanswered.map((topic) => findingAtKey('confirm-unanswered', ['topics', topic, 'confirm'], { topic })),
  );
}

function answeredBy({ manifest: { entry, flow } }: CheckedJourney): readonly string[] {
  if (entry.trigger.kind !== 'event' || entry.trigger.event !== CONSENT_REQUESTED) return [];
  return Object.values(flow.nodes).flatMap((node) => {
    if (node.kind !== 'send' || node.settings.class !== 'transactional') return [];
    return node.settings.topic ?? [];
  });
}
