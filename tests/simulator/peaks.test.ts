// The busiest moments of a play: counted by second and minute of the clock, and what the spread behind an opening does to them.
import { expect, it } from 'vitest';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { addDepartures, peaksOf, type Departures } from '#lib/simulator/peaks.ts';
import { consent, playStream, SETTINGS, streamOf, type Said } from './small-shop.ts';

/** Two hundred add a product in the evening: their reminders fall into the night and wait for 08:00. */
const evening = streamOf(
  Array.from({ length: 200 }, (_, index): Said[] => [
    [11, `u${index}`, { email: `u${index}@example.com` }],
    [11, `u${index}`, 'Consent Changed', consent],
    [11, `u${index}`, 'Product Added', { price: 50 }],
  ]).flat(),
);

async function peakWith(spread: string) {
  const settings = engineSettings(settingsSchema.parse({ ...SETTINGS, spread }));
  const { report } = await playStream(evening, { settings });
  return report.peaks?.email;
}

it('are all at the opening without a spread, and a fraction of that with one', async () => {
  const at = '2026-03-28T08:00:00.000Z';
  const all = { messages: 200, at };
  expect(await peakWith('none')).toEqual({ second: all, minute: all });
  const spread = await peakWith('15 minutes');
  // Fifteen minutes for two hundred: thirteen a minute on average.
  expect(spread?.second.messages).toBeLessThan(10);
  expect(spread?.minute.messages).toBeLessThan(40);
});

const part = (...seconds: [number, number][]): Departures => new Map([['sms', new Map(seconds)]]);

it('are those of all parts of a play together, and the first of those that are alike', () => {
  const sum = part([60, 2], [61, 1], [130, 2]);
  addDepartures(sum, part([61, 1], [200, 1]));
  expect(peaksOf(sum)).toEqual({
    sms: {
      second: { messages: 2, at: '1970-01-01T00:01:00.000Z' },
      minute: { messages: 4, at: '1970-01-01T00:01:00.000Z' },
    },
  });
});
