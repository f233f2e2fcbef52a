// What a marketer is told about a message that is not right, and what a right one is compiled to.
import { describe, expect, it } from 'vitest';
import { compiledMessageSchema, messageKey, summarise } from '#lib/messages/compiled-message.ts';
import { ABOUT, compile, compiled, MJML } from './message-fixture.ts';

describe('a message without mistakes', () => {
  it('becomes HTML and text with the preheader hidden in front', async () => {
    const message = await compiled({ 'message.json': ABOUT, 'email.mjml': MJML });
    const email = message.locales['en']?.email;
    expect(email?.subject).toBe('About {{ entry.name }}');
    expect(email?.html).toMatch(/<body[^>]*>\n<div style="display:none[^"]*">You &amp; we<\/div>/);
    expect(email?.html).toContain('lang="en"');
    expect(email?.html).not.toContain('<mj-');
    expect(email?.text).toContain('Hello {{ profile.firstName | default: "there" }}, {{ entry.name }}');
    expect(email?.text).toContain('Unsubscribe {{ unsubscribe_url }}');
    expect(email?.text).not.toContain('You & we');
  });

  it('leaves ornaments, pictures and layout out of the text', async () => {
    const ornament =
      '<mj-text><span aria-hidden="true">R</span> Lamp</mj-text><mj-image src="https://x.example/a.png" alt="A" />';
    const mjml = MJML.replace('<mj-text>Hello', `${ornament}<mj-text>Hello`);
    const message = await compiled({ 'message.json': ABOUT, 'email.mjml': mjml });
    expect(message.locales['en']?.email?.text.split('\n')[0]).toBe('Lamp');
  });

  it('keeps a text version that somebody wrote', async () => {
    const message = await compiled({ 'message.json': ABOUT, 'email.mjml': MJML, 'email.txt': 'By hand' });
    expect(message.locales['en']?.email?.text).toBe('By hand');
  });

  it('is summed up with what the checks of journeys need', async () => {
    const message = await compiled({
      'message.json': { ...ABOUT, sender: 'news' },
      'email.mjml': MJML,
      'sms.txt': 'Hi',
    });
    expect(summarise(message)).toEqual({
      id: 'hello',
      hash: message.hash,
      channels: ['email', 'sms'],
      locales: ['en'],
      unsubscribe: true,
      smsStop: [],
      confirms: [],
      savedProperties: [],
      entryProperties: ['name'],
      sender: 'news',
    });
    expect(messageKey(message)).toMatch(/^hello@[0-9a-f]{12}$/);
  });

  it('has no way to unsubscribe where one language lacks the link', async () => {
    const message = await compiled({
      'message.json': { ...ABOUT, locales: { de: { subject: 'Hallo' } } },
      'email.mjml': MJML,
      'email.de.mjml': MJML.replace('{{ unsubscribe_url }}', 'https://example.com'),
    });
    expect(summarise(message).unsubscribe).toBe(false);
  });

  it('is read back from a file as it was written', async () => {
    const message = await compiled({
      'message.json': { ...ABOUT, sender: 'news' },
      'email.mjml': MJML,
      'push.json': { $schema: '../../schema/push.json', title: 'a', body: '{{ entry.name }}' },
    });
    expect(compiledMessageSchema.parse(JSON.parse(JSON.stringify(message)))).toEqual(message);
    expect(message.locales['en']?.push).toEqual({ title: 'a', body: '{{ entry.name }}' });
  });

  it('keeps its hash while only the name, the note or the sample data change, and while files are listed otherwise', async () => {
    const first = await compiled({ 'message.json': ABOUT, 'email.mjml': MJML, 'sms.txt': 'Hi' });
    const second = await compiled({
      'sms.txt': 'Hi',
      'email.mjml': MJML,
      'message.json': { ...ABOUT, name: 'Other', note: 'n', sample: { entry: { name: 'Chair' } } },
    });
    const third = await compiled({ 'message.json': ABOUT, 'email.mjml': MJML, 'sms.txt': 'Ho' });
    expect(second.hash).toBe(first.hash);
    expect(third.hash).not.toBe(first.hash);
  });

  it('has a stable hash although MJML names menus by lot', async () => {
    const menu = MJML.replace(
      '<mj-column>',
      '<mj-column><mj-navbar hamburger="hamburger"><mj-navbar-link href="https://shop.example/a">A</mj-navbar-link></mj-navbar>',
    );
    const [one, two] = await Promise.all(
      [1, 2].map(() => compiled({ 'message.json': ABOUT, 'email.mjml': menu })),
    );
    expect(one?.hash).toBe(two?.hash);
  });
});

describe('a message with a mistake is not compiled and says where', () => {
  const cases: readonly [string, Parameters<typeof compile>[0], object][] = [
    ['no message.json', { 'email.mjml': MJML }, { code: 'message-unreadable', file: 'hello/message.json' }],
    [
      'message.json that is no JSON',
      { 'message.json': '{\n  "name" "x"\n}', 'email.mjml': MJML },
      { code: 'message-unreadable', line: 2, column: 10 },
    ],
    [
      'a misspelt field',
      { 'message.json': '{\n  "name": "x",\n  "subjekt": "y"\n}', 'sms.txt': 'Hi' },
      { code: 'message-unreadable', line: 3, hint: 'Did you mean "subject"?' },
    ],
    [
      'a file that is no part of a message',
      { 'message.json': ABOUT, 'sms.txt': 'Hi', 'emial.mjml': MJML },
      {
        code: 'message-unknown-file',
        file: 'hello/emial.mjml',
        hint: expect.stringContaining('"email.mjml"'),
      },
    ],
    ['no content', { 'message.json': ABOUT }, { code: 'message-incomplete' }],
    [
      'an e-mail without a subject',
      { 'message.json': { name: 'x', sample: ABOUT.sample }, 'email.mjml': MJML },
      { code: 'message-incomplete', message: 'the e-mail has no subject' },
    ],
    [
      'a language without a subject',
      { 'message.json': ABOUT, 'email.mjml': MJML, 'email.de.mjml': MJML },
      { code: 'message-incomplete', message: 'the e-mail has no subject in "de"' },
    ],
    [
      'a language without one of the channels',
      {
        'message.json': ABOUT,
        'sms.txt': 'Hi',
        'sms.de.txt': 'Hallo',
        'push.json': { title: 'a', body: 'b' },
      },
      { code: 'message-locale-missing', hint: expect.stringContaining('push.de.json') },
    ],
    [
      'an element that MJML does not know',
      { 'message.json': ABOUT, 'email.mjml': MJML.replaceAll('mj-text', 'mj-txt') },
      { code: 'message-mjml', file: 'hello/email.mjml', line: 2 },
    ],
    [
      'an unknown filter',
      { 'message.json': ABOUT, 'email.mjml': MJML.replace('{{ entry.name }}', '{{ entry.name | upper }}') },
      {
        code: 'message-liquid',
        file: 'hello/email.mjml',
        line: 2,
        message: 'there is no filter "upper" (did you mean "upcase"?)',
      },
    ],
    [
      'a loop that would never end',
      { 'message.json': ABOUT, 'sms.txt': 'Hi {% for i in (1..100000000) %}x{% endfor %}' },
      { code: 'message-sample', message: 'this takes up too much: does a loop run too often?' },
    ],
    [
      'what journeys do not tell',
      { 'message.json': ABOUT, 'sms.txt': 'Hi {{ journey.name | default: "x" }}' },
      { code: 'message-unknown-variable', hint: 'There is "journey.id" and "journey.step".' },
    ],
    [
      'a text message without a text',
      { 'message.json': ABOUT, 'sms.txt': ' ' },
      { code: 'message-incomplete', message: 'this content is empty' },
    ],
    [
      'a name that is not there, without the words of the parser',
      { 'message.json': '{ "subject": "a" }', 'sms.txt': 'Hi' },
      { code: 'message-unreadable', message: '"name" is missing' },
    ],
    [
      'a tag that is not closed',
      { 'message.json': ABOUT, 'sms.txt': 'Hi\n{% if profile.x %}' },
      { code: 'message-liquid', file: 'hello/sms.txt', line: 2 },
    ],
    [
      'a variable that no message has',
      { 'message.json': ABOUT, 'sms.txt': 'Hi {{ profil.firstName | default: "x" }}' },
      { code: 'message-unknown-variable', message: 'there is no "profil"', hint: 'Did you mean "profile"?' },
    ],
    [
      'a property that the sample does not have',
      { 'message.json': ABOUT, 'sms.txt': 'Hi\n {{ entry.nam }}' },
      { code: 'message-sample', line: 2, message: '"entry.nam" is missing' },
    ],
    [
      'a trait without a default',
      { 'message.json': ABOUT, 'sms.txt': 'Hi {{ profile.firstName }}' },
      {
        code: 'message-no-default',
        message: '"profile.firstName" is missing for customers of whom it is not known',
      },
    ],
    [
      'a subject with a mistake',
      {
        'message.json': '{ "name": "x",\n "subject": "{{ oops }}" }',
        'email.mjml': '<mjml><mj-body></mj-body></mjml>',
      },
      { code: 'message-unknown-variable', file: 'hello/message.json', line: 2 },
    ],
    [
      'push content with a field too many',
      { 'message.json': ABOUT, 'push.json': '{\n "title": "a",\n "body": "b",\n "lnk": "c"\n}' },
      { code: 'message-unreadable', file: 'hello/push.json', line: 4, hint: 'Did you mean "link"?' },
    ],
    [
      'Liquid in a text of JSON',
      { 'message.json': ABOUT, 'push.json': '{\n "title": "a",\n "body": "{{ entry.name | nope }}"\n}' },
      { code: 'message-liquid', file: 'hello/push.json', line: 3 },
    ],
    [
      'a date that depends on the day',
      { 'message.json': ABOUT, 'sms.txt': '{{ "now" | date: "%Y" }}' },
      { code: 'message-sample', message: expect.stringContaining('differs from day to day') },
    ],
  ];

  it.each(cases)('%s', async (_, files, problem) => {
    const result = await compile(files);
    expect(result.compiled).toBeUndefined();
    expect(result.problems).toContainEqual(expect.objectContaining(problem));
  });

  it('a trait that settings do not know, even behind a default, with a suggestion', async () => {
    const { problems } = await compile(
      { 'message.json': ABOUT, 'sms.txt': 'Hi {{ profile.fristName | default: "you" }}' },
      { vocabulary: { traits: ['firstName', 'email'], properties: ['name'] } },
    );
    expect(problems).toMatchObject([
      {
        code: 'message-unknown-variable',
        message: 'there is no "profile.fristName"',
        hint: 'Did you mean "profile.firstName"?',
      },
    ]);
  });

  it('a text that is billed twice is only told', async () => {
    const result = await compile({ 'message.json': ABOUT, 'sms.txt': 'x'.repeat(161) });
    expect(result.compiled).toBeDefined();
    expect(result.problems).toMatchObject([
      { code: 'message-sms-long', message: expect.stringContaining('2 messages') },
    ]);
  });
});

describe('parts that messages share', () => {
  const including = MJML.replace('<mj-section>', '<mj-include path="../_shared/head.mjml" />\n<mj-section>');
  const about = { 'message.json': ABOUT, 'email.mjml': including };

  it('are put where they are named', async () => {
    const message = await compiled({
      ...about,
      '_shared/head.mjml': '<mj-section><mj-column><mj-text>The shop</mj-text></mj-column></mj-section>',
    });
    expect(message.locales['en']?.email?.html).toContain('The shop');
  });

  it('may be made of other parts, several in a line', async () => {
    const message = await compiled({
      ...about,
      '_shared/head.mjml':
        '<mj-section><mj-column><mj-include path="a.mjml" /><mj-include path="deep/b.mjml" /></mj-column></mj-section>',
      '_shared/a.mjml': '<mj-text>Part A</mj-text>',
      '_shared/deep/b.mjml': '<mj-include path="../a.mjml" /><mj-text>Part B</mj-text>',
    });
    expect(message.locales['en']?.email?.text).toMatch(/^Part A\s+Part A\s+Part B\s+Hello/);
  });

  it('show a mistake in the file it is in', async () => {
    const { problems } = await compile({
      ...about,
      '_shared/head.mjml':
        '<mj-section><mj-column>\n\n<mj-text colour="red">The shop</mj-text></mj-column></mj-section>',
    });
    expect(problems).toMatchObject([{ code: 'message-mjml', file: '_shared/head.mjml', line: 3 }]);
  });

  it('must be there, below the messages folder', async () => {
    const { problems } = await compile({
      'message.json': ABOUT,
      'email.mjml': including.replace('..', '../../..'),
    });
    expect(problems).toMatchObject([
      {
        code: 'message-mjml',
        file: 'hello/email.mjml',
        line: 1,
        message: 'there is no file "_shared/head.mjml" to include',
      },
    ]);
  });

  it('may not include themselves', async () => {
    const { problems } = await compile({ ...about, '_shared/head.mjml': '<mj-include path="head.mjml" />' });
    expect(problems).toMatchObject([{ code: 'message-mjml', file: '_shared/head.mjml' }]);
  });
});
