// Topics have to be in the settings, and a marketing message has to have one: without a topic there is no consent.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import { defaultTopic } from '../link.ts';
import type { ConditionContext } from './condition-context.ts';
import type { Check } from './journey-context.ts';

export const knownTopics: Check = function* knownTopics({ journey, settings, steps, conditions }) {
  if (settings === undefined) return;
  const topic = defaultTopic({ journey, settings });
  yield* known(journey.delivery.topic, ['delivery', 'topic'], settings);
  for (const { step, path } of steps) {
    if (step.type !== 'send') continue;
    yield* known(step.topic, [...path, 'topic'], settings);
    const marketing = (step.class ?? journey.delivery.class ?? 'marketing') === 'marketing';
    if (marketing && step.topic === undefined && topic === undefined) yield finding('no-topic', path, {});
  }
  yield* topicsInConditions(conditions, topic, settings);
};

/** `topic`: that of conditions that name none. */
export function* topicsInConditions(
  conditions: ConditionContext['conditions'],
  topic: string | undefined,
  settings: Settings,
): Generator<Finding> {
  for (const { condition, path } of conditions) {
    if (condition === undefined) continue;
    for (const leaf of leavesOf(condition)) {
      if (leaf.kind !== 'reachable') continue;
      const at = [...path, ...leaf.path];
      yield* known(leaf.topic, [...at, 'topic'], settings);
      if (leaf.topic === undefined && topic === undefined)
        yield findingAtKey('no-topic', [...at, 'reachable'], {});
    }
  }
}

function* known(topic: string | undefined, path: JsonPath, settings: Settings): Generator<Finding> {
  if (topic !== undefined && !Object.hasOwn(settings.topics, topic))
    yield finding('unknown-topic', path, { name: topic, known: Object.keys(settings.topics) });
}
