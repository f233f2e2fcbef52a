// Who may be written to: every combination of what was said about everything, a channel, a topic and a topic on a channel, held against
// a specification that is written down independently of the rule.
import { describe, expect, it } from 'vitest';
import { ANY } from '#lib/contracts/consent-ledger.ts';
import { newDocument, type CustomerDocument } from '#lib/engine/document.ts';
import { whyNoConsent } from '#lib/engine/rules/consent-precedence.ts';
import { addMillis } from '#lib/contracts/time.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { at } from '../bench.ts';

const NOW = at('2026-03-02T10:00:00Z');
type Word = 'none' | 'granted' | 'refused';
const WORDS: readonly Word[] = ['none', 'granted', 'refused'];

/**
 * The specification, as a table: the first row that fits says what happens. `-` fits whatever was said. Columns: everything, the
 * channel, the topic, the topic on the channel, and whether the topic needs no record.
 */
const TABLE: readonly (readonly [string, string, string, string, string, string])[] = [
  ['refused', '-', '-', '-', '-', 'unsubscribed from everything'],
  ['-', 'refused', '-', '-', '-', 'unsubscribed from the channel'],
  ['-', '-', 'refused', '-', '-', 'unsubscribed from the topic'],
  ['-', '-', '-', 'refused', '-', 'no consent'],
  ['-', '-', '-', 'granted', '-', 'may be written to'],
  ['-', '-', 'granted', '-', '-', 'may be written to'],
  ['-', '-', '-', '-', 'needs no record', 'may be written to'],
  ['-', '-', '-', '-', '-', 'no consent'],
];

function specified(...said: readonly string[]): string | undefined {
  return TABLE.find((row) => said.every((word, index) => row[index] === '-' || row[index] === word))?.[5];
}

function combinations(): readonly (readonly [Word, Word, Word, Word, string])[] {
  return WORDS.flatMap((everything) =>
    WORDS.flatMap((channel) =>
      WORDS.flatMap((topic) =>
        WORDS.flatMap((both) =>
          ['needs a record', 'needs no record'].map(
            (record) => [everything, channel, topic, both, record] as const,
          ),
        ),
      ),
    ),
  );
}

function consentOf(scopes: readonly (readonly [string, string, Word])[]): CustomerDocument['consent'] {
  const consent: CustomerDocument['consent'] = {};
  for (const [topic, channel, word] of scopes)
    if (word !== 'none')
      consent[topic] = { ...consent[topic], [channel]: { granted: word === 'granted', at: NOW } };
  return consent;
}

function asked(
  topics: Parameters<typeof createWorkspace>[0]['settings']['topics'],
  document: Partial<CustomerDocument>,
  topic = 'news',
): string {
  const settings = { timezone: 'UTC', locale: 'en', topics };
  const reading = {
    workspace: createWorkspace({ manifests: [], newest: {}, settings }),
    document: { ...newDocument('ada', 'ada', NOW), ...document },
    now: NOW,
  };
  return whyNoConsent(reading, topic, 'email') ?? 'may be written to';
}

describe('precedence', () => {
  it('has a row for each of the 162 combinations', () => {
    expect(new Set(combinations().map((one) => one.join())).size).toBe(162);
    for (const row of TABLE) expect(combinations().some((one) => specified(...one) === row[5])).toBe(true);
  });

  it.each(combinations())('everything %s, channel %s, topic %s, topic on channel %s, %s', (...said) => {
    const [everything, channel, topic, both, record] = said;
    const consent = consentOf([
      [ANY, ANY, everything],
      [ANY, 'email', channel],
      ['news', ANY, topic],
      ['news', 'email', both],
    ]);
    const topics = { news: record === 'needs no record' ? ({ withoutRecord: 'granted' } as const) : {} };
    expect(asked(topics, { consent })).toBe(specified(...said));
  });

  it('what was said of other topics and channels says nothing', () => {
    for (const word of WORDS) {
      const others = consentOf([
        [ANY, 'sms', word],
        ['offers', ANY, word],
        ['offers', 'email', word],
        ['news', 'sms', word],
      ]);
      expect(asked({ news: {} }, { consent: others })).toBe('no consent');
      expect(asked({ news: { withoutRecord: 'granted' } }, { consent: others })).toBe('may be written to');
    }
  });

  it('of a topic that settings do not know nobody has consented, whatever is on record', () => {
    for (const topic of ['retired', 'constructor', '__proto__']) {
      const consent = consentOf([[topic, 'email', 'granted']]);
      expect(asked({ news: { withoutRecord: 'granted' } }, { consent }, topic)).toBe('no consent');
    }
  });
});

/** E-mail was asked for so many minutes from now. */
function request(minutes: number): Partial<CustomerDocument> {
  return { requested: { news: { email: { at: addMillis(NOW, minutes * 60_000) } } } };
}

describe('a request that waits for its confirmation', () => {
  const topics = { news: { confirm: { within: '7 days' } } };

  it('is no consent, and overrules no wider refusal', () => {
    expect(asked(topics, request(-1))).toBe('consent not confirmed');
    const refused = consentOf([[ANY, 'email', 'refused']]);
    expect(asked(topics, { ...request(-1), consent: refused })).toBe('unsubscribed from the channel');
  });

  it.each([
    ['refused', 1, 'consent not confirmed'],
    ['refused', -1, 'no consent'],
    ['refused', 0, 'no consent'],
    ['granted', 1, 'may be written to'],
    ['granted', -1, 'may be written to'],
  ] as const)('beside consent %s, %i minutes later: %s', (word, minutes, outcome) => {
    const consent: CustomerDocument['consent'] = {
      news: { email: { granted: word === 'granted', at: addMillis(NOW, -60 * 60_000) } },
    };
    expect(asked(topics, { ...request(minutes - 60), consent })).toBe(outcome);
  });

  it('has expired after its time, to the millisecond', () => {
    const week = 7 * 24 * 60;
    expect(asked(topics, request(-week))).toBe('no consent');
    const document = request(-week);
    const { email } = document.requested?.['news'] ?? {};
    if (email !== undefined) email.at = addMillis(email.at, 1);
    expect(asked(topics, document)).toBe('consent not confirmed');
  });
});
