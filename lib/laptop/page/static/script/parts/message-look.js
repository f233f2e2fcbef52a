// A message as its customer sees it. The HTML of an e-mail runs in a frame that may do nothing: no script, no form, no way out.
import { element } from '../elements.js';
import { icon } from '../icons.js';

/** Widths of a phone and of a mail program on a screen, in pixels. */
const WIDTHS = [
  ['Narrow', 375],
  ['Wide', 700],
];

export function messageLook(message) {
  if (message.isForgotten)
    return element(
      'p',
      { class: 'empty' },
      'So many messages have gone out since that the content of this one is no longer kept: only to whom and when it went, and what became of it.',
    );
  switch (message.channel) {
    case 'email':
      return emailLook(message);
    case 'sms':
      return phone('sms', bubble(message.text ?? ''), partsText(message.parts));
    case 'whatsapp':
      return whatsappLook(message.content ?? {});
    case 'push':
      return phone('push', card('push', message.content ?? {}));
    case 'inapp':
      return phone('inapp', card('inapp', message.content ?? {}), placementText(message.content));
    default:
      return element(
        'pre',
        { class: 'json', tabindex: '0' },
        JSON.stringify(message.content ?? message.text ?? null, null, 2),
      );
  }
}

function emailLook({ id, hasHtml, text = '', title }) {
  if (!hasHtml) return element('pre', { class: 'mail-text' }, text);
  const frame = element('iframe', {
    class: 'mail',
    title: `The e-mail “${title}”`,
    sandbox: '',
    referrerpolicy: 'no-referrer',
    src: `/api/messages/${encodeURIComponent(id)}/html`,
  });
  const plain = element('pre', { class: 'mail-text', hidden: true, tabindex: '0' }, text);
  const buttons = WIDTHS.map(([label, width]) =>
    element(
      'button',
      { type: 'button', 'aria-pressed': 'false', on: { click: (event) => show(event.currentTarget, width) } },
      label,
    ),
  );
  const asText = element(
    'button',
    {
      type: 'button',
      'aria-pressed': 'false',
      on: { click: (event) => show(event.currentTarget, undefined) },
    },
    'Text',
  );
  function show(button, width) {
    for (const one of [...buttons, asText]) one.setAttribute('aria-pressed', String(one === button));
    frame.hidden = width === undefined;
    plain.hidden = width !== undefined;
    if (width !== undefined) frame.style.setProperty('--mail-width', `${width}px`);
  }
  show(buttons[1], WIDTHS[1][1]);
  return element(
    'div',
    { class: 'look look-mail' },
    element(
      'div',
      { class: 'look-bar' },
      element(
        'div',
        { class: 'segments', role: 'group', 'aria-label': 'Show the e-mail' },
        buttons,
        text === '' ? undefined : asText,
      ),
      element('small', { class: 'muted' }, 'Pictures from other hosts are not loaded.'),
    ),
    frame,
    plain,
  );
}

/** A template is known by its name and values; its text lies with WhatsApp, unless the message brings one to look at. */
function whatsappLook({ preview, text, template, language, parameters = [], button }) {
  const values = parameters.join(' · ');
  const about =
    template === undefined
      ? undefined
      : `Template ${template}, ${language}${values === '' ? '' : `: ${values}`}`;
  return phone('whatsapp', bubble(preview ?? text ?? about ?? '', button), about);
}

function bubble(text, button) {
  return element(
    'div',
    { class: 'bubble' },
    text,
    button === undefined ? undefined : element('span', { class: 'bubble-button' }, button),
  );
}

function card(channel, { title = '', body = '', button, link, placement = 'card' }) {
  return element(
    'div',
    { class: `notice notice-${channel} placement-${placement.replaceAll(' ', '-')}` },
    channel === 'push' ? element('span', { class: 'notice-app' }, icon('push'), 'now') : undefined,
    element('strong', {}, title),
    element('span', {}, body),
    button?.label === undefined ? undefined : element('span', { class: 'notice-button' }, button.label),
    channel === 'push' && link !== undefined ? element('small', {}, link) : undefined,
  );
}

function phone(channel, content, about) {
  return element(
    'div',
    { class: 'look' },
    element('div', { class: `phone phone-${channel}` }, content),
    about === undefined ? undefined : element('p', { class: 'hint' }, about),
  );
}

function partsText(parts) {
  if (parts === undefined) return undefined;
  return `${parts.characters} characters: ${parts.parts === 1 ? 'one part' : `${parts.parts} parts`}, of ${parts.room} in one`;
}

function placementText(content) {
  return typeof content?.placement === 'string' ? `Shown as ${content.placement}` : undefined;
}
