// One message: as it looks, what has become of it, and what its customer may do with it.
import { addressOf } from '../address.js';
import { announce } from '../announce.js';
import { post } from '../api.js';
import { element, replace } from '../elements.js';
import { icon } from '../icons.js';
import { journeyName } from '../journey-names.js';
import { moment } from '../moments.js';
import { field } from './field.js';
import { messageLook } from './message-look.js';

const LABELS = {
  open: 'Open',
  unsubscribe: 'Unsubscribe',
  complain: 'Mark as spam',
  bounce: 'Let it bounce',
};

/** @param {() => string} back address of the list, for narrow screens */
export function messageDetail(place, back) {
  let last = '';
  let shownId;
  let reports;

  function show(message) {
    const text = JSON.stringify(message);
    if (text === last) return;
    last = text;
    // Its look does not change: only what became of it does.
    if (message.id === shownId && place.contains(reports)) {
      replace(reports, reportList(message));
      return;
    }
    shownId = message.id;
    reports = element('div', {}, reportList(message));
    replace(
      place,
      element(
        'p',
        { class: 'crumbs only-narrow' },
        element('a', { href: back() }, icon('back'), 'All messages'),
      ),
      head(message),
      messageLook(message),
      element(
        'div',
        { class: 'message-more' },
        element(
          'section',
          { class: 'card' },
          element('h3', {}, 'What became of it'),
          reports,
          headerList(message.headers),
        ),
        message.reactions.length === 0 ? undefined : actions(message),
      ),
    );
  }
  return { show };
}

function head({ title, channel, to, at, customer, external, journey, step, message }) {
  const facts = [
    [
      'To',
      customer === undefined
        ? to
        : element(
            'span',
            {},
            element('a', { href: addressOf(['customers', customer]) }, external ?? to),
            external === undefined || channel === 'inapp' || channel === 'webhook' ? '' : ` (${to})`,
          ),
    ],
    ['When', moment(at)],
    journey === undefined
      ? undefined
      : [
          'Journey',
          element(
            'a',
            { href: addressOf(['journeys', journey], { step }) },
            step === undefined ? journeyName(journey) : `${journeyName(journey)}, at ${step}`,
          ),
        ],
    message === undefined ? undefined : ['Message', message],
  ].filter((fact) => fact !== undefined);
  return element(
    'header',
    { class: 'message-head' },
    element(
      'h2',
      { tabindex: '-1' },
      element('span', { class: `channel channel-${channel}` }, icon(channel)),
      ' ',
      title,
    ),
    element(
      'dl',
      { class: 'message-facts' },
      facts.map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    ),
    customer === undefined
      ? undefined
      : element(
          'p',
          {},
          element(
            'a',
            { href: addressOf(['customers', customer]) },
            'Why did they get it? Their timeline says it.',
          ),
        ),
  );
}

function reportList({ at, reports }) {
  return element(
    'ol',
    { class: 'reports' },
    // A provider's first word says the same, and when.
    (reports.length === 0 ? [{ what: 'sent', at }] : reports).map((one) =>
      element(
        'li',
        {},
        element('span', { class: `pill pill-${one.what}` }, one.what),
        ' ',
        element('time', { datetime: one.at }, moment(one.at)),
        one.detail === undefined ? undefined : element('small', {}, one.detail),
      ),
    ),
  );
}

function actions({ id, channel, links, reactions, hasOneClick }) {
  const problem = element('p', { class: 'problem', role: 'alert', hidden: true });
  const react = async (reaction, said) => {
    try {
      problem.hidden = true;
      await post(`messages/${encodeURIComponent(id)}/reactions`, reaction);
      announce(said);
      return true;
    } catch (error) {
      problem.hidden = false;
      problem.textContent = error.message;
      return false;
    }
  };
  const unsubscribeByOneClick = async () => {
    try {
      problem.hidden = true;
      const { status } = await post(`messages/${encodeURIComponent(id)}/one-click`, {});
      if (status !== 200) throw new Error(`The page answered ${status}: nothing was saved.`);
      announce('Unsubscribed, as by the mail program');
    } catch (error) {
      problem.hidden = false;
      problem.textContent = error.message;
    }
  };
  const simple = reactions.filter((kind) => Object.hasOwn(LABELS, kind));
  return element(
    'section',
    { class: 'card' },
    element('h3', {}, 'Be the customer'),
    problem,
    element(
      'div',
      { class: 'buttons' },
      simple.map((kind) =>
        element(
          'button',
          { type: 'button', class: 'button', on: { click: () => react({ kind }, `${LABELS[kind]}: done`) } },
          LABELS[kind],
        ),
      ),
      hasOneClick
        ? element(
            'button',
            { type: 'button', class: 'button', on: { click: unsubscribeByOneClick } },
            'Unsubscribe by one click',
          )
        : undefined,
    ),
    pageLinks(links),
    reactions.includes('click')
      ? linkList(
          links.filter(({ isPage }) => !isPage),
          react,
        )
      : undefined,
    reactions.includes('reply') ? replyForm(react, channel) : undefined,
  );
}

/** Pages of the deployment answer here: a person at the laptop uses them as the customer would. */
function pageLinks(links) {
  const pages = links.filter(({ isPage }) => isPage);
  if (pages.length === 0) return undefined;
  return element(
    'div',
    { class: 'own-pages' },
    element('h4', {}, 'Open a page of the customer’s, in a new tab'),
    element(
      'ul',
      { class: 'links' },
      pages.map(({ text, address }) =>
        element(
          'li',
          {},
          element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text),
        ),
      ),
    ),
  );
}

function headerList(headers) {
  if (headers.length === 0) return undefined;
  return element(
    'details',
    {},
    element('summary', {}, `Headers for mail programs (${headers.length})`),
    element(
      'dl',
      { class: 'mail-headers' },
      headers.map(({ name, value }) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
    ),
  );
}

function linkList(links, react) {
  if (links.length === 0)
    return element(
      'button',
      { type: 'button', class: 'button', on: { click: () => react({ kind: 'click' }, 'Clicked') } },
      'Tap it',
    );
  return element(
    'details',
    { open: links.length <= 6 },
    element('summary', {}, `Follow a link (${links.length})`),
    element(
      'ul',
      { class: 'links' },
      links.map(({ text, address }) =>
        element(
          'li',
          {},
          element(
            'button',
            {
              type: 'button',
              class: 'link-button',
              on: { click: () => react({ kind: 'click', link: address }, `Clicked ${text}`) },
            },
            text,
          ),
          element('small', {}, address),
        ),
      ),
    ),
  );
}

/** Words that mean something on a telephone: to go, to come back, to ask for help. */
const KEYWORDS = ['STOP', 'START', 'HELP'];

function replyForm(react, channel) {
  const text = element('input', { required: true, maxlength: 2000, autocomplete: 'off' });
  const form = element(
    'form',
    {
      class: 'inline-form',
      on: {
        submit: async (event) => {
          event.preventDefault();
          if (await react({ kind: 'reply', text: text.value }, 'Replied')) text.value = '';
        },
      },
    },
    field({ label: 'Reply', control: text }),
    element('button', { class: 'button' }, 'Send'),
  );
  if (channel !== 'sms' && channel !== 'whatsapp') return form;
  return element(
    'div',
    {},
    form,
    element(
      'div',
      { class: 'buttons' },
      KEYWORDS.map((word) =>
        element(
          'button',
          {
            type: 'button',
            class: 'button',
            on: { click: () => react({ kind: 'reply', text: word }, `Replied ${word}`) },
          },
          `Reply ${word}`,
        ),
      ),
    ),
  );
}
