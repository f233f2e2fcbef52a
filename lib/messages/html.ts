/** From the e-mail that a marketer writes to the HTML and the plain text that are sent. Liquid passes through untouched. */
import { convert } from 'html-to-text';
import type { MessageProblem, SourceText } from './problem.ts';

export interface HtmlResult {
  readonly html: string;
  readonly problems: readonly MessageProblem[];
}

/**
 * Compiles MJML. The preheader goes where mail clients look for it, unless the author has an `mj-preview`. MJML's complaints
 * come back with their line; markup it cannot read at all gives one problem and empty HTML.
 */
export async function mjmlToHtml(
  source: SourceText,
  about: { readonly locale: string; readonly preheader: string | undefined },
): Promise<HtmlResult> {
  // Loaded on first use: it takes half a second, and most commands compile no e-mail.
  const { default: mjml2html } = await import('mjml');
  try {
    const { html, errors } = await mjml2html(source.text, { keepComments: false, fonts: {} });
    const finished = withPreheader(compact(withStableIds(html, source.text)), about.preheader);
    return {
      html: finished.replaceAll('lang="und"', `lang="${about.locale}"`),
      problems: errors.map((error) => ({
        code: 'message-mjml',
        ...source.place(error.line),
        message: `${error.tagName}: ${error.message}`,
        hint: error.message.includes('}}')
          ? 'Inside an attribute Liquid needs single quotes: href="{{ entry.link | default: \'…\' }}".'
          : 'https://documentation.mjml.io lists every element and its attributes.',
      })),
    };
  } catch (error) {
    const said = error instanceof Error ? error.message : 'unknown';
    const line = Number(/[Ll]ine:?\s+(\d+)/.exec(said)?.[1] ?? 1);
    return {
      html: '',
      problems: [
        {
          code: 'message-mjml',
          ...source.place(line),
          message: `MJML cannot be read: ${said.split('\n')[0]}`,
          hint: 'It starts with <mjml><mj-body> and every element is closed.',
        },
      ],
    };
  }
}

/** Hidden first line of the body; HTML that has one already (MJML's mj-preview) keeps it. */
export function withPreheader(html: string, preheader: string | undefined): string {
  if (preheader === undefined || /<body[^>]*>\s*<div style="display:none/.test(html)) return html;
  const hidden =
    'display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;';
  return html.replace(
    /<body[^>]*>/,
    (body) => `${body}\n<div style="${hidden}">${escapeOutsideLiquid(preheader)}</div>`,
  );
}

/** What people read who get no HTML: paragraphs, links with their address; no pictures, no preheader, no ornaments. */
export function htmlToPlainText(html: string): string {
  const text = convert(html, {
    wordwrap: false,
    selectors: [
      { selector: '[style*="display:none"]', format: 'skip' },
      { selector: '[aria-hidden="true"]', format: 'skip' },
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: false } },
      ...['h1', 'h2', 'h3'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
  return `${text
    .replace(/[ \t\u00A0\u200A]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function escapeOutsideLiquid(text: string): string {
  return text
    .split(/(\{\{.*?\}\}|\{%.*?%\})/s)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;')))
    .join('');
}

/** Without indentation: a third of the size, and mail clients cut long messages off (Gmail after 102 KB). */
function compact(html: string): string {
  return html
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** MJML draws ids for menus and carousels by lot; a message's hash must not change by itself. */
function withStableIds(html: string, source: string): string {
  const names = new Map<string, string>();
  return html.replace(/\b[0-9a-f]{16}\b/g, (id) => {
    if (source.includes(id)) return id;
    const name = names.get(id) ?? String(names.size + 1).padStart(16, '0');
    names.set(id, name);
    return name;
  });
}
