// docs/local-messages.md names every behaviour with the channels that have it, and simulated addresses with what they come to.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POSSIBLE } from '#lib/local/delivery/behaviours/behaviour.ts';
import { NAMED_BEHAVIOURS } from '#lib/local/delivery/behaviours/named-behaviours.ts';
import { simulatedFate } from '#lib/local/delivery/email/simulated-mailboxes.ts';
import { CHANNELS } from '#lib/local/delivery/outbox/outbox-message.ts';

const page = readFileSync(new URL('../../docs/local-messages.md', import.meta.url), 'utf8');
const rows = Array.from(page.matchAll(/^\| (`.*)\|$/gm), ([, row = '']) =>
  row.split('|').map((cell) => cell.trim()),
);

/** Behaviour → channels, as the page has them. */
const told = new Map(
  rows.flatMap(([names = '', , channels]) =>
    channels === undefined
      ? []
      : Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => [name, channels] as const),
  ),
);

describe('the page on messages of a laptop', () => {
  it('names every behaviour', () => {
    expect([...told.keys()].toSorted()).toEqual([...NAMED_BEHAVIOURS.keys()].toSorted());
  });

  it.each([...NAMED_BEHAVIOURS])('says who has "%s"', (name, { behaviour }) => {
    const can = CHANNELS.filter((channel) => POSSIBLE[channel].includes(behaviour.does));
    const written = told.get(name) ?? '';
    const channels = written.startsWith('all but')
      ? CHANNELS.filter((channel) => !written.includes(channel))
      : CHANNELS.filter(
          (channel) =>
            new RegExp(`\\b${channel}\\b`).test(written) &&
            // "email, whatsapp (`open`)": for that name alone.
            (!written.includes(`${channel} (`) || written.includes(`${channel} (\`${name}\`)`)),
        );
    // A scanner and a click are one behaviour of the same channels.
    expect(channels).toEqual(can);
  });

  it('names every simulated mailbox', () => {
    const mailboxes = rows.flatMap(
      ([cell = '']) => /`(\w+@simulator\.amazonses\.com)`/.exec(cell)?.[1] ?? [],
    );
    expect(mailboxes).toHaveLength(5);
    for (const mailbox of mailboxes) expect(simulatedFate(mailbox)).toBeDefined();
  });
});
