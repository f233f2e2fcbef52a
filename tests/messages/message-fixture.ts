// A small message to build on: each test changes the one file it is about.
import { compileMessage } from '#lib/messages/compile-message.ts';
import type { CompileResult } from '#lib/messages/compile-message.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import type { MessageSource } from '#lib/messages/message-source.ts';

export const MJML =
  '<mjml><mj-body><mj-section><mj-column>\n' +
  '<mj-text>Hello {{ profile.firstName | default: "there" }}, {{ entry.name }}</mj-text>\n' +
  '<mj-text><a href="{{ unsubscribe_url }}">Unsubscribe</a></mj-text>\n' +
  '</mj-column></mj-section></mj-body></mjml>';

export const ABOUT = {
  name: 'Hello',
  subject: 'About {{ entry.name }}',
  preheader: 'You & we',
  sample: { profile: { firstName: 'Amara' }, entry: { name: 'Lamp' } },
};

export type Files = Readonly<Record<string, string | object>>;

/** Compiles message "hello" from these files of its folder. */
export async function compile(files: Files, options: Partial<MessageSource> = {}): Promise<CompileResult> {
  const texts = Object.entries(files).map(([name, content]) => [
    name.includes('/') ? name : `hello/${name}`,
    typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
  ]);
  return compileMessage({ id: 'hello', files: Object.fromEntries(texts), defaultLocale: 'en', ...options });
}

/** The same, where nothing is wrong. */
export async function compiled(files: Files, options: Partial<MessageSource> = {}): Promise<CompiledMessage> {
  const result = await compile(files, options);
  if (result.compiled === undefined) throw new Error(JSON.stringify(result.problems));
  return result.compiled;
}
