// Short ways to write flows and manifests by hand, so that a test shows only what it is about.
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import type { Flow, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';

/** A flow that starts at the first node given. */
export function flowOf(nodes: Record<string, FlowNode>): Flow {
  return { start: Object.keys(nodes)[0] ?? null, nodes };
}

export function send(id: string, next: string | null): NodeOf<'send'> {
  return {
    kind: 'send',
    settings: {
      id,
      message: `${id}@000000000000`,
      channels: ['email'],
      topic: 'news',
      class: 'marketing',
      ifQuiet: 'wait',
      caps: [],
      ifCapped: 'skip',
      expires: '1 day',
      onFailure: 'continue',
    },
    next,
  };
}

/** A step that acts. Its texts begin as expressions of JSONata do, and must reach the function as they are. */
export function action(id: string, type: ActionSettings['type'], next: string | null): NodeOf<'action'> {
  const settings: Readonly<Record<ActionSettings['type'], ActionSettings>> = {
    update: {
      type: 'update',
      id,
      set: { plan: '{% if profile.plan %}gold{% endif %}' },
      increment: { n: 1 },
    },
    emit: { type: 'emit', id, event: 'Scored', properties: { plan: '{{ profile.plan }}' } },
    invoke: { type: 'invoke', id, function: 'score', input: {}, saveAs: 'score', onFailure: 'continue' },
    webhook: { type: 'webhook', id, endpoint: 'crm', body: { list: [1, '{{ run.id }}'] }, onFailure: 'exit' },
    enter: { type: 'enter', id, journey: 'other' },
  };
  return { kind: 'action', settings: settings[type], next };
}

export function wait(length: string, next: string | null): NodeOf<'wait'> {
  return { kind: 'wait', for: length, next };
}

export function waitFor(
  within: string,
  events: readonly (string | null)[],
  otherwise: string | null,
): NodeOf<'waitFor'> {
  return {
    kind: 'waitFor',
    within,
    since: 'step',
    events: events.map((next, index) => ({ event: `Event ${index}`, next })),
    otherwise,
  };
}

export function branch(cases: readonly (string | null)[], otherwise: string | null): NodeOf<'branch'> {
  return {
    kind: 'branch',
    cases: cases.map((next, index) => ({
      name: `case ${index}`,
      when: { 'profile.plan': `plan ${index}` },
      next,
    })),
    otherwise,
  };
}

export function split(arms: readonly (string | null)[]): NodeOf<'split'> {
  return {
    kind: 'split',
    experiment: 'journey/split',
    arms: arms.map((next, index) => ({ name: `arm ${index}`, share: 100 / arms.length, next })),
  };
}

export function goto(
  target: string,
  next: string | null,
  atMost?: number,
  backward = atMost !== undefined,
): NodeOf<'goto'> {
  return { kind: 'goto', target, backward, next, ...(atMost === undefined ? {} : { atMost }) };
}

export function exit(reason: string): NodeOf<'exit'> {
  return { kind: 'exit', reason };
}

export function manifestOf(flow: Flow, journey = 'journey'): UnnamedManifest {
  return {
    format: 1,
    journey,
    entry: { trigger: { kind: 'event', event: 'Account Created' }, reentry: { mode: 'after exit' } },
    priority: 50,
    exits: [],
    flow,
  };
}
