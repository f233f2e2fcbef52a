import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageTags, readMessageTags, type MessageTag } from '#lib/contracts/message-tags.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';

const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const anything = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });

const anySent: fc.Arbitrary<SentMessage> = fc
  .record({
    customer: hex(32),
    run: hex(24),
    step: anything,
    visit: fc.integer({ min: 1, max: 100_000 }),
    journey: anything,
    message: anything,
    topic: fc.option(anything, { nil: undefined }),
  })
  .map(({ topic, ...sent }) => (topic === undefined ? sent : { ...sent, topic }));

/** As SES gives tags back in events: with its own beside them. */
function asReported(tags: readonly MessageTag[]): Record<string, string[]> {
  return {
    'ses:configuration-set': ['wend-production'],
    ...Object.fromEntries(tags.map(({ Name, Value }) => [Name, [Value]])),
  };
}

describe('tags of an e-mail', () => {
  it('stay in the alphabet of SES and within its length, and come back as they were, whatever the ids hold', () => {
    fc.assert(
      fc.property(anySent, anything, (sent, deployment) => {
        const tags = messageTags(deployment, sent);
        for (const { Name, Value } of tags) {
          expect(Name).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
          expect(Value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
        }
        expect(new Set(tags.map(({ Name }) => Name)).size).toBe(tags.length);
        expect(readMessageTags(deployment, asReported(tags))).toEqual(sent);
      }),
    );
  });

  it('of another deployment, of another system and broken ones are nobody’s', () => {
    const sent: SentMessage = {
      customer: 'a'.repeat(32),
      run: 'b'.repeat(24),
      step: 'remind',
      visit: 1,
      journey: 'carts',
      message: 'hello',
    };
    const tags = asReported(messageTags('wend-production', sent));
    expect(readMessageTags('wend-production', tags)).toEqual(sent);
    expect(readMessageTags('wend-staging', tags)).toBeUndefined();
    expect(readMessageTags('wend-production', { myCustomTag1: ['x'] })).toBeUndefined();
    for (const broken of [
      { customer: ['ana@example.com'] },
      { visit: ['0'] },
      { run: [] },
      { step: ['_zz'] },
    ])
      expect(readMessageTags('wend-production', { ...tags, ...broken })).toBeUndefined();
  });
});
