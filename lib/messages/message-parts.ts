/** Sorts the files of a message folder by locale and channel, and says what is missing: else somebody gets an empty message. */
import { closest } from 'fastest-levenshtein';
import type { Channel } from '#lib/contracts/step-calls.ts';
import { MESSAGE_FILE, PART_NAMES, partName } from './file-names.ts';
import type { PartName } from './file-names.ts';
import type { MessageFile } from './message-schema.ts';
import type { MessageSource } from './message-source.ts';
import type { MessageProblem } from './problem.ts';

export interface Part extends PartName {
  readonly locale: string;
  readonly file: string;
  readonly text: string;
}

export interface Parts {
  readonly parts: readonly Part[];
  /** The default and every other one that a file or message.json names, sorted. */
  readonly locales: readonly string[];
  readonly problems: readonly MessageProblem[];
}

export function sortParts(source: MessageSource, about: MessageFile): Parts {
  const parts: Part[] = [];
  const problems: MessageProblem[] = [];
  const folder = `${source.id}/`;
  for (const [file, text] of Object.entries(source.files)) {
    if (!file.startsWith(folder) || file === folder + MESSAGE_FILE) continue;
    const name = file.slice(folder.length);
    const part = partName(name);
    if (part === undefined) problems.push(unknownFile(file, name));
    else parts.push({ ...part, locale: part.locale ?? source.defaultLocale, file, text });
  }
  const named = [source.defaultLocale, ...Object.keys(about.locales), ...parts.map((part) => part.locale)];
  const locales = [...new Set(named)].toSorted();
  return { parts, locales, problems: [...problems, ...gaps(source, about, parts, locales)] };
}

/** The subject and preheader that a locale has; those of the default locale stand at the top of message.json. */
export function headOf(
  source: MessageSource,
  about: MessageFile,
  locale: string,
): {
  readonly subject?: string | undefined;
  readonly preheader?: string | undefined;
  readonly path: readonly string[];
} {
  if (locale === source.defaultLocale)
    return { subject: about.subject, preheader: about.preheader, path: [] };
  return { ...about.locales[locale], path: ['locales', locale] };
}

function gaps(
  source: MessageSource,
  about: MessageFile,
  parts: readonly Part[],
  locales: readonly string[],
): readonly MessageProblem[] {
  const main = parts.filter((part) => !(part.channel === 'email' && part.form === 'text'));
  const channels = [...new Set(main.map((part) => part.channel))];
  const file = `${source.id}/${MESSAGE_FILE}`;
  if (channels.length === 0) {
    const message = `message "${source.id}" has no content`;
    return [
      {
        code: 'message-incomplete',
        file,
        message,
        hint: `Add at least one of ${PART_NAMES.slice(1).join(', ')}.`,
      },
    ];
  }
  return locales.flatMap((locale) =>
    channels.flatMap((channel) => {
      const own = main.filter((part) => part.channel === channel && part.locale === locale);
      if (own.length === 0) return [absent(source, channel, locale)];
      const empty = own.filter((part) => part.text.trim() === '').map(nothingIn);
      if (empty.length > 0 || channel !== 'email') return empty;
      return [...subjectGap(source, about, locale), ...writtenTwice(own)];
    }),
  );
}

function nothingIn({ file }: Part): MessageProblem {
  const hint = 'Write what customers are to read, or remove the file.';
  return { code: 'message-incomplete', file, message: 'this content is empty', hint };
}

function subjectGap(source: MessageSource, about: MessageFile, locale: string): readonly MessageProblem[] {
  const { subject, path } = headOf(source, about, locale);
  if (subject !== undefined) return [];
  return [
    {
      code: 'message-incomplete',
      file: `${source.id}/${MESSAGE_FILE}`,
      message: `the e-mail has no subject${path.length === 0 ? '' : ` in "${locale}"`}`,
      hint: path.length === 0 ? 'Add "subject".' : `Add "locales": { "${locale}": { "subject": "…" } }.`,
    },
  ];
}

function writtenTwice(own: readonly Part[]): readonly MessageProblem[] {
  const second = own[1];
  if (second === undefined) return [];
  const message = `the e-mail is written twice in "${second.locale}": as MJML and as HTML`;
  return [{ code: 'message-incomplete', file: second.file, message, hint: 'Keep one of the two files.' }];
}

function absent(source: MessageSource, channel: Channel, locale: string): MessageProblem {
  const isDefault = locale === source.defaultLocale;
  const names = PART_NAMES.filter((name) => name.startsWith(`${channel}.`) && name !== 'email.txt').map(
    (name) => (isDefault ? name : name.replace('.', `.${locale}.`)),
  );
  return {
    code: 'message-locale-missing',
    file: `${source.id}/${MESSAGE_FILE}`,
    message: `the ${channel} content is missing in "${locale}"${isDefault ? ', the default language' : ''}`,
    hint: `Add ${names.join(' or ')}${isDefault ? '' : `, or remove everything else that is in "${locale}"`}.`,
  };
}

function unknownFile(file: string, name: string): MessageProblem {
  return {
    code: 'message-unknown-file',
    file,
    message: `"${name}" is no part of a message`,
    hint: `Did you mean "${closest(name, [...PART_NAMES])}"? A language goes in the middle: email.de.mjml.`,
  };
}
