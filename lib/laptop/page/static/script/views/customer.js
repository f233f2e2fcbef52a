// One customer: what is known of them, where they are, and what was decided about them and why.
import { addressOf } from '../address.js';
import { get, post } from '../api.js';
import { announce } from '../announce.js';
import { element, replace } from '../elements.js';
import { icon } from '../icons.js';
import { consentOf, factsOf, runsOf } from '../parts/customer-facts.js';
import { select } from '../parts/field.js';
import { problemBox } from '../parts/problem-box.js';
import { timelineList } from '../parts/timeline-list.js';

const MOST = 60;

export async function openCustomer(place, { path: [, id] }, { about, now }) {
  let most = MOST;
  const [heading, runs, facts, consent, timeline, problem] = ['heading', '', '', '', '', ''].map((name) =>
    element('div', { class: name }),
  );
  place.append(
    element('p', { class: 'crumbs' }, element('a', { href: '#/customers' }, icon('back'), 'All customers')),
    heading,
    problem,
    element(
      'div',
      { class: 'customer' },
      element(
        'section',
        { class: 'card customer-timeline', 'aria-labelledby': 'timeline-title' },
        element('h2', { id: 'timeline-title' }, 'What happened, and why'),
        timeline,
      ),
      element(
        'div',
        { class: 'customer-facts' },
        element(
          'section',
          { class: 'card', 'aria-labelledby': 'runs-title' },
          element('h2', { id: 'runs-title' }, 'Inside now'),
          runs,
        ),
        element(
          'section',
          { class: 'card', 'aria-labelledby': 'consent-title' },
          element('h2', { id: 'consent-title' }, 'Consent'),
          consent,
          consentForm(),
        ),
        element(
          'section',
          { class: 'card', 'aria-labelledby': 'facts-title' },
          element('h2', { id: 'facts-title' }, 'Profile'),
          facts,
        ),
      ),
    ),
  );

  function consentForm() {
    const topic = select(
      about.topics.map((one) => [one.id, one.name]),
      '',
      { 'aria-label': 'Topic' },
    );
    const channel = select([['', 'all channels'], ...about.channels.map((name) => [name, name])], '', {
      'aria-label': 'Channel',
    });
    const say = (granted, label) =>
      element(
        'button',
        {
          type: 'button',
          class: 'button small',
          on: { click: () => change(topic.value, channel.value, granted) },
        },
        label,
      );
    return element(
      'div',
      { class: 'consent-form', role: 'group', 'aria-label': 'Change consent as the customer' },
      topic,
      channel,
      say(true, 'Consent'),
      say(false, 'Withdraw'),
    );
  }
  async function change(topic, channel, granted) {
    try {
      problem.replaceChildren();
      await post(`customers/${id}/consent`, { topic, ...(channel !== '' && { channel }), granted });
      announce(granted ? 'Consent is on its way' : 'The withdrawal is on its way');
    } catch (error) {
      replace(problem, problemBox(error));
    }
  }

  let lastProfile = '';
  let lastTimeline = '';
  async function refresh() {
    const [profile, told] = await Promise.all([
      get(`customers/${id}`),
      get(`customers/${id}/timeline`, { most }),
    ]);
    const profileText = JSON.stringify(profile);
    if (profileText !== lastProfile) {
      lastProfile = profileText;
      replace(heading, headingOf(profile));
      replace(runs, runsOf(profile, now()));
      replace(consent, consentOf(profile, about));
      replace(facts, factsOf(profile));
    }
    const timelineText = JSON.stringify(told);
    if (timelineText !== lastTimeline) {
      lastTimeline = timelineText;
      replace(
        timeline,
        timelineList(told.entries),
        told.more
          ? element(
              'button',
              {
                type: 'button',
                class: 'button',
                'data-key': 'earlier',
                on: {
                  click: () => {
                    most += MOST;
                    void refresh();
                  },
                },
              },
              'Show earlier decisions',
            )
          : undefined,
      );
    }
    return profile;
  }
  const { external } = await refresh();
  return { title: external, topics: ['customers'], refresh };
}

function headingOf({ external, name, email, id }) {
  return [
    element(
      'div',
      {},
      element('h1', {}, name ?? external),
      element(
        'p',
        { class: 'muted' },
        [external, email].filter((part) => part !== undefined && part !== name).join(' · '),
        ' · ',
        element('code', { title: 'The id of the deployment, a hash; logs and executions show it' }, id),
      ),
    ),
    element(
      'div',
      { class: 'heading-actions' },
      element(
        'a',
        { class: 'button', href: addressOf(['outbox'], { customer: id }) },
        icon('outbox'),
        'Messages',
      ),
      element(
        'a',
        { class: 'button', href: addressOf(['send'], { user: external }) },
        icon('send'),
        'Send an event',
      ),
    ),
  ];
}
