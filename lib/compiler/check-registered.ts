// The texts that settings name to India's registry have to be texts that there are.
import type { Settings } from '#lib/journey/settings.ts';
import { findingAtKey, type Diagnostic } from './diagnostics.ts';
import { located, readJson } from './parse/json-text.ts';
import type { SourceFile } from './parse/source-file.ts';
import type { MessageSummary } from './workspace.ts';

/** @param messages all of the workspace, those with errors included: of these the languages are not known. */
export function checkRegistered(
  { senders }: Pick<Settings, 'senders'>,
  file: SourceFile,
  messages: readonly MessageSummary[],
): Diagnostic[] {
  const { json } = readJson(file);
  if (json === undefined) return [];
  const texts = messages.filter(({ channels }) => channels.includes('sms'));
  const known = texts.flatMap(({ id, locales }) => [id, ...locales.map((locale) => `${id}.${locale}`)]);
  const unread = texts.filter(({ locales }) => locales.length === 0).map(({ id }) => id);
  const isThere = (name: string): boolean =>
    known.includes(name) || unread.some((id) => name.startsWith(`${id}.`));
  const findings = Object.entries(senders).flatMap(([sender, { sms }]) =>
    Object.entries(sms?.countries ?? {}).flatMap(([country, { templates = {} }]) =>
      Object.keys(templates)
        .filter((name) => !isThere(name))
        .map((name) =>
          findingAtKey('unknown-text', ['senders', sender, 'sms', 'countries', country, 'templates', name], {
            name,
            known,
          }),
        ),
    ),
  );
  return located(json, findings);
}
