// A rendered message in the terminal: channel by channel, as its readers get it.
import type { RenderedMessage } from '#lib/engine/ports.ts';
import { smsParts } from '#lib/messages/sms-length.ts';
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';

/** A message filled in with one sample in one language. */
export interface Preview {
  readonly message: string;
  readonly sample: string;
  /** The language that was taken. */
  readonly locale: string;
  /** All languages and samples that there are. */
  readonly locales: readonly string[];
  readonly samples: readonly string[];
  /** The sender of e-mails, where settings name one. */
  readonly from?: string;
  readonly channels: readonly RenderedMessage[];
}

/** Columns of text. */
const WIDTH = 76;
const INDENT = '  ';
const LABEL_WIDTH = 11;

/** `written`: the file that the HTML went to. */
export function renderPreview(preview: Preview, written: string | undefined, colours: Colours): string {
  const others = (names: readonly string[], taken: string): string => {
    const rest = names.filter((name) => name !== taken);
    return rest.length === 0 ? '' : colours.dim(` (also: ${rest.join(', ')})`);
  };
  const head =
    `${colours.bold(preview.message)} in "${preview.locale}"${others(preview.locales, preview.locale)}, ` +
    `with the sample "${preview.sample}"${others(preview.samples, preview.sample)}`;
  const channels = preview.channels.map((channel) => renderChannel(channel, preview, colours));
  const file = written === undefined ? [] : [colours.dim(`The HTML of the e-mail is in ${written}.`)];
  return `${[head, ...channels, ...file].join('\n\n')}\n`;
}

function renderChannel(rendered: RenderedMessage, { from }: Preview, colours: Colours): string {
  const { channel, text = '', html = '', subject = '' } = rendered;
  switch (channel) {
    case 'email': {
      const heads = [
        ...(from === undefined ? [] : [labelled('From', from, colours)]),
        labelled('Subject', subject, colours),
        labelled('Preheader', preheaderOf(html), colours),
      ];
      const size = `${Math.ceil(new TextEncoder().encode(html).length / 1024)} KB of HTML`;
      return [heading('e-mail', size, colours), ...heads, '', indented(text.trim())].join('\n');
    }
    case 'sms': {
      const { parts, characters, room } = smsParts(text);
      const length = `${counted(parts, 'part')}: ${characters} characters, ${room} fit in one`;
      return [heading('sms', length, colours), indented(text)].join('\n');
    }
    default:
      return [heading(channel, '', colours), ...fieldsOf(rendered.content, colours)].join('\n');
  }
}

function heading(name: string, about: string, colours: Colours): string {
  return `${colours.cyan(name)}${about === '' ? '' : colours.dim(`  ${about}`)}`;
}

function labelled(label: string, value: string, colours: Colours): string {
  const [first = '', ...rest] = wrapped(value, WIDTH - LABEL_WIDTH);
  const lines = [first, ...rest.map((line) => `${INDENT}${' '.repeat(LABEL_WIDTH)}${line}`)];
  return `${INDENT}${colours.dim(label.padEnd(LABEL_WIDTH))}${lines.join('\n')}`;
}

function fieldsOf(content: unknown, colours: Colours): string[] {
  if (typeof content !== 'object' || content === null) return [];
  return Object.entries(content).map(([name, value]) =>
    labelled(name, typeof value === 'string' ? value : JSON.stringify(value), colours),
  );
}

/** The hidden first line of the body; nothing where there is none. */
function preheaderOf(html: string): string {
  const hidden = /<body[^>]*>\s*<div style="display:none[^"]*">([^<]*)</.exec(html)?.[1] ?? '';
  return hidden
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .trim();
}

function indented(text: string): string {
  return text
    .split('\n')
    .flatMap((line) => wrapped(line, WIDTH))
    .map((line) => `${INDENT}${line}`.trimEnd())
    .join('\n');
}

/** Broken at spaces; an address stays whole, so that it can be clicked. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
