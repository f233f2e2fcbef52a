/**
 * Which part of a message a file of its folder is: `email.mjml`, `sms.de.txt`, `push.json`. The name is the channel, an
 * optional locale in the middle, and the form of the content; a file without a locale speaks the workspace's default.
 */
import type { Channel } from '#lib/contracts/step-calls.ts';

export const MESSAGE_FILE = 'message.json';

export interface PartName {
  readonly channel: Channel;
  readonly form: 'mjml' | 'html' | 'text' | 'json';
  /** Undefined: the default locale. */
  readonly locale: string | undefined;
}

const FORMS: Readonly<Record<string, { readonly channel: Channel; readonly form: PartName['form'] }>> = {
  'email.mjml': { channel: 'email', form: 'mjml' },
  'email.html': { channel: 'email', form: 'html' },
  'email.txt': { channel: 'email', form: 'text' },
  'sms.txt': { channel: 'sms', form: 'text' },
  'push.json': { channel: 'push', form: 'json' },
  'whatsapp.json': { channel: 'whatsapp', form: 'json' },
  'inapp.json': { channel: 'inapp', form: 'json' },
  'webhook.json': { channel: 'webhook', form: 'json' },
};

/** The names that a message folder may hold, for hints. */
export const PART_NAMES: readonly string[] = [MESSAGE_FILE, ...Object.keys(FORMS)];

/** BCP 47 as far as languages of customers go: `de`, `pt-BR`, `zh-Hant-TW`. */
const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

/** Undefined for a name that is no part of a message. */
export function partName(fileName: string): PartName | undefined {
  const [channel, ...rest] = fileName.split('.');
  const extension = rest.pop();
  if (channel === undefined || extension === undefined || rest.length > 1) return undefined;
  const form = FORMS[`${channel}.${extension}`];
  const locale = rest[0];
  if (form === undefined || (locale !== undefined && !LOCALE.test(locale))) return undefined;
  return { ...form, locale };
}
