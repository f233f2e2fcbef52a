// Names that nothing uses: messages that no journey sends, quiet hours that nobody asks for. Mostly something is misspelt or was left
// behind. Events and traits are not among them: applications send what they send.
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { fileDiagnostic, findingAtKey, type Diagnostic, type Finding } from './diagnostics.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { MessageSummary } from './workspace.ts';

/** What is in order: with an error somewhere, a name may be missing just there, and nothing is said. */
export interface SoundWorkspace {
  readonly settings: Settings;
  readonly settingsFile: SourceFile;
  /** Journeys and segments, as they were read. */
  readonly users: readonly unknown[];
  readonly messages: readonly MessageSummary[];
}

/** Every name that stands nowhere in a journey or segment, whatever it would mean there. */
export function checkUnused(workspace: SoundWorkspace): Diagnostic[] {
  const { settings, users, messages } = workspace;
  const used = new Set<string>(settings.defaultTopic === undefined ? [] : [settings.defaultTopic]);
  for (const each of users) collect(each, used);
  const unused = (name: string): boolean => !used.has(name);
  const ofMessages = messages
    .filter(({ id }) => unused(id))
    .map(({ id, file }) => fileDiagnostic('never-used', { file }, { what: 'message', name: id }));
  return [...inSettings(workspace, unused), ...ofMessages];
}

function inSettings(
  { settings, settingsFile }: SoundWorkspace,
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
  return located(json, findings);
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
