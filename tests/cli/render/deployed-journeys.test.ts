// `wend journeys` says of a journey that the breaker holds what of it stands still.
import { expect, it } from 'vitest';
import { renderDeployedJourneys, type DeployedJourney } from '#lib/cli/render/deployed-journeys.ts';
import pico from 'picocolors';

const BREAKER = {
  reason: 'email of 2026-03-02: 50 of 1000 messages bounced (5.00 %)',
  at: '2026-03-02T12:00:00.000Z',
};

const tripped = (journey: string, more: Partial<DeployedJourney> = {}): DeployedJourney => ({
  journey,
  status: 'live',
  switch: 'tripped',
  breaker: BREAKER,
  older: 0,
  ...more,
});

it('marketing alone is paused where a journey also sends what is transactional', () => {
  const text = renderDeployedJourneys(
    [tripped('sale'), tripped('order', { transactional: true })],
    pico.createColors(false),
  );
  const because = `, by the breaker at ${BREAKER.at}: ${BREAKER.reason}`;
  expect(text).toContain(`paused${because}`);
  expect(text).toContain(`live, its marketing paused${because}`);
});
