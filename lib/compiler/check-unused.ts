// What nothing uses: messages that no journey sends, quiet hours that nobody asks for, rules for channels by which nobody sends
// marketing. Mostly something is misspelt or was left behind. Events and traits are not among them: applications send what they send.
import { channelSchema, type Channel } from '#lib/contracts/step-calls.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { fileDiagnostic, finding, findingAtKey, type Diagnostic, type Finding } from './diagnostics.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { CheckedJourney, MessageSummary } from './workspace.ts';

/** What is in order: with an error somewhere, a name may be missing just there, and nothing is said. */
export interface SoundWorkspace {
  readonly settings: Settings;
  readonly settingsFile: SourceFile;
  readonly journeys: readonly Pick<CheckedJourney, 'journey' | 'manifest'>[];
  /** As they were read. */
  readonly segments: readonly unknown[];
  readonly messages: readonly MessageSummary[];
}

/** Every name that stands nowhere in a journey or segment, whatever it would mean there. */
export function checkUnused(workspace: SoundWorkspace): Diagnostic[] {
  const { settings, journeys, segments, messages } = workspace;
  const used = new Set<string>(settings.defaultTopic === undefined ? [] : [settings.defaultTopic]);
  for (const each of [...journeys.map(({ journey }) => journey), ...segments]) collect(each, used);
  for (const { sender = 'default' } of messages) used.add(`sender ${sender}`);
  const unused = (name: string): boolean => !used.has(name);
  const ofMessages = messages
    .filter(({ id }) => unused(id))
    .map(({ id, file }) => fileDiagnostic('never-used', { file }, { what: 'message', name: id }));
  return [...inSettings(workspace, unused), ...ofMessages];
}

function inSettings(
  { settings, settingsFile, journeys }: SoundWorkspace,
  unused: (name: string) => boolean,
): readonly Diagnostic[] {
  const { json } = readJson(settingsFile);
  if (json === undefined) return [];
  const kinds = [
    ['topics', 'topic'],
    ['quietHours', 'quiet hours'],
    ['functions', 'function'],
    ['endpoints', 'endpoint'],
  ] as const;
  const findings = kinds.flatMap(([section, what]): Finding[] =>
    Object.keys(settings[section])
      .filter((name) => unused(name) && !(section === 'quietHours' && name === 'default'))
      .map((name) => findingAtKey('never-used', [section, name], { what, name })),
  );
  const senders = Object.keys(settings.senders)
    .filter((name) => name !== 'default' && unused(`sender ${name}`))
    .map((name) => findingAtKey('never-used', ['senders', name], { what: 'sender', name }));
  return located(json, [...findings, ...senders, ...withoutChannel(settings, journeys)]);
}

/** Rules for channels on which there is nothing to hold back. */
function withoutChannel(
  { windows = {}, perSecond = {}, legal = {}, fatigue }: Settings,
  journeys: SoundWorkspace['journeys'],
): readonly Finding[] {
  const used = channelsOfMarketing(journeys);
  const byChannel = Object.entries({ windows, perSecond, legal }).flatMap(([rule, written]) =>
    channelSchema.options.flatMap((channel): Finding[] => {
      if (written[channel] === undefined) return [];
      const overruled = used.has(channel);
      if (overruled && (rule !== 'windows' || followsSettings(journeys, channel))) return [];
      return [findingAtKey('rule-without-channel', [rule, channel], { rule, channel, overruled })];
    }),
  );
  const listed = fatigue.flatMap(({ channel }, index) =>
    used.has(channel)
      ? []
      : [
          finding('rule-without-channel', ['fatigue', index], {
            rule: 'fatigue',
            channel,
            overruled: false,
          }),
        ],
  );
  return [...byChannel, ...listed];
}

/** Some journey sends marketing by the channel and has no windows of its own for it. */
function followsSettings(journeys: SoundWorkspace['journeys'], channel: Channel): boolean {
  const without = journeys.filter(({ journey }) => journey.delivery.windows?.[channel] === undefined);
  return channelsOfMarketing(without).has(channel);
}

function channelsOfMarketing(journeys: SoundWorkspace['journeys']): ReadonlySet<Channel> {
  return new Set(
    journeys.flatMap(({ manifest }) =>
      Object.values(manifest.flow.nodes).flatMap((node) =>
        node.kind === 'send' && node.settings.class === 'marketing' ? node.settings.channels : [],
      ),
    ),
  );
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (Array.isArray(value)) for (const one of value) collect(one, into);
  else if (isObject(value))
    for (const [key, one] of Object.entries(value)) {
      into.add(key);
      collect(one, into);
    }
}
