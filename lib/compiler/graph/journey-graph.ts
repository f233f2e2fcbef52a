/** A journey as boxes and arrows in words, ready to be drawn as Mermaid text or as SVG. */
import type { ActionSettings } from '#lib/contracts/action-calls.ts';
import type { DateOf, Flow, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { edgesOf, followGotos, nodeAt } from '../plan/flow-reading.ts';
import { edgeName } from '../transitions/paths.ts';

export type BoxKind = 'entry' | 'end' | Exclude<FlowNode['kind'], 'goto'> | 'loop';

export interface Box {
  readonly id: string;
  readonly kind: BoxKind;
  readonly title: string;
  /** What the step does, a line each. */
  readonly lines: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly label: string | undefined;
  /** Leads back to a step that comes before. */
  readonly back: boolean;
}

export interface JourneyGraph {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

const ENTRY = '(entry)';
const GOAL = '(goal)';
const END = '(end)';

/** What of a manifest is drawn. */
export type DrawnManifest = Pick<Manifest, 'entry' | 'goal' | 'flow'>;

/**
 * Boxes in the order of the steps. A goto without a bound is no box but an arrow; one with a bound counts, so it is one. A goal is a
 * box where it has steps of its own: a run comes to it from wherever it is.
 */
export function journeyGraph({ entry, goal, flow }: DrawnManifest): JourneyGraph {
  const shown = Object.keys(flow.nodes).filter((id) => !isPlainGoto(flow, id));
  const arrows: Arrow[] = [
    arrow(flow, ENTRY, flow.start, undefined),
    ...(goal?.start === undefined ? [] : [arrow(flow, GOAL, goal.start, undefined)]),
  ];
  for (const id of shown) {
    const node = nodeAt(flow, id);
    for (const [edge, target] of edgesOf(node).entries())
      arrows.push(arrow(flow, id, target, arrowLabel(node, edge)));
  }
  const boxes: Box[] = [
    { id: ENTRY, kind: 'entry', title: triggerText(entry.trigger), lines: entryLines(entry) },
    ...(goal?.start === undefined
      ? []
      : [{ id: GOAL, kind: 'entry' as const, title: goal.event, lines: ['the goal, from anywhere'] }]),
    ...shown.map((id) => boxOf(id, nodeAt(flow, id))),
    ...(arrows.some(({ to }) => to === END)
      ? [{ id: END, kind: 'end' as const, title: 'end', lines: [] }]
      : []),
  ];
  return { boxes, arrows };
}

function isPlainGoto(flow: Flow, id: string): boolean {
  const node = nodeAt(flow, id);
  return node.kind === 'goto' && node.atMost === undefined;
}

function arrow(flow: Flow, from: string, target: string | null, label: string | undefined): Arrow {
  const to = followGotos(flow, target) ?? END;
  const node = Object.hasOwn(flow.nodes, from) ? flow.nodes[from] : undefined;
  const back = node?.kind === 'goto' && node.backward && to === followGotos(flow, node.target);
  return { from, to, label, back };
}

function arrowLabel(node: FlowNode, edge: number): string | undefined {
  if (node.kind === 'goto') return edge === 0 ? (node.backward ? 'again' : 'jump') : 'then';
  const name = edgeName(node, edge);
  const share = node.kind === 'split' ? node.arms[edge]?.share : undefined;
  return share === undefined ? name : `${name} ${share} %`;
}

/** What lets in, in a few words. */
function triggerText(trigger: EntryTrigger): string {
  switch (trigger.kind) {
    case 'event':
      return trigger.event;
    case 'audience':
      return `${trigger.event}, whom it concerns`;
    case 'enters':
      return `enters ${trigger.segment}`;
    case 'leaves':
      return `leaves ${trigger.segment}`;
    case 'schedule':
      return [
        `on schedule ${trigger.every?.rule ?? trigger.at ?? ''}`,
        ...(trigger.segment === undefined ? [] : [`for ${trigger.segment}`]),
      ].join(' ');
    case 'date':
      return [trigger.offset, trigger.of, trigger.at, trigger.repeat]
        .filter((part) => part !== undefined)
        .join(' ');
    case 'trait':
      return trigger.to === undefined ? `${trigger.trait} changes` : `${trigger.trait} becomes ${trigger.to}`;
    case 'api':
      return 'on request';
  }
}

function entryLines({ reentry, holdout }: Manifest['entry']): readonly string[] {
  return [
    `re-entry: ${reentry.mode}${reentry.after === undefined ? '' : ` ${reentry.after}`}`,
    ...(holdout === undefined ? [] : [`${holdout} % held out`]),
  ];
}

function boxOf(id: string, node: FlowNode): Box {
  const kind = node.kind === 'goto' ? 'loop' : node.kind;
  return {
    id,
    kind,
    title: node.kind === 'goto' || node.kind === 'exit' ? titleOf(node) : id,
    lines: linesOf(node),
  };
}

function titleOf(node: NodeOf<'goto'> | NodeOf<'exit'>): string {
  if (node.kind === 'exit') return 'exit';
  return `${node.backward ? 'back' : 'jump'} to ${node.target}`;
}

function linesOf(node: FlowNode): readonly string[] {
  switch (node.kind) {
    case 'send':
      // The hash of the message says nothing to a reader.
      return [
        `send ${node.settings.message.replace(/@.*$/, '')}`,
        node.settings.best === undefined
          ? `by ${node.settings.channels.join(', else ')}`
          : `by the best of ${node.settings.channels.join(', ')}`,
      ];
    case 'action':
      return [actionText(node.settings)];
    case 'wait':
      return [waitText(node)];
    case 'waitFor':
      return [
        node.when === undefined
          ? `wait for ${node.events.map(({ event }) => event).join(' or ')}`
          : 'wait until the condition is true',
        node.within === undefined
          ? `until ${node.date === undefined ? (node.until ?? '') : dateText(node.date)}`
          : `within ${node.within}`,
      ];
    case 'branch':
      return ['the first case that fits'];
    case 'split':
      return [`experiment ${node.experiment}`];
    case 'goto':
      return [`at most ${node.atMost} ${node.atMost === 1 ? 'time' : 'times'}`];
    case 'exit':
      return [node.reason];
  }
}

function actionText(settings: ActionSettings): string {
  switch (settings.type) {
    case 'update': {
      const { set, add, remove, increment } = settings;
      const traits = [set, add, remove, increment].flatMap((part) =>
        Array.isArray(part) ? part : Object.keys(part ?? {}),
      );
      return `update ${[...new Set(traits)].join(', ')}`;
    }
    case 'emit':
      return `emit ${settings.event}`;
    case 'invoke':
      return `invoke ${settings.function}`;
    case 'webhook':
      return `call ${settings.endpoint}`;
    case 'enter':
      return `enter ${settings.journey}`;
  }
}

function waitText({ for: length, until, date, on, timezone, ifPast, spread }: NodeOf<'wait'>): string {
  const end = date === undefined ? until : dateText(date);
  return [
    'wait',
    ...(length === undefined ? [] : [length]),
    ...(end === undefined ? [] : [length === undefined ? `until ${end}` : `then until ${end}`]),
    ...(on === undefined ? [] : [`on ${on.join(', ')}`]),
    ...(spread === undefined ? [] : [`up to ${spread} later`]),
    ...(ifPast === 'exit' ? ['or exit if past'] : []),
    ...(timezone === undefined ? [] : [`(${timezone})`]),
  ].join(' ');
}

function dateText({ of, offset, at }: DateOf): string {
  return [...(offset === undefined ? [] : [offset]), of, ...(at === undefined ? [] : [`at ${at}`])].join(' ');
}
