/**
 * Every alarm there is. Each has its heading in docs/runbook.md, and why just these is told in docs/adr/0038. An alarm costs $0.10 a
 * month for each metric it reads, so there is one only where somebody should do something.
 */
import type { AlarmDefinition } from './alarm-definition.ts';
import { CAPACITY_ALARMS } from './definitions/capacity.ts';
import { JOURNEY_ALARMS } from './definitions/journeys.ts';
import { PAGE_ALARMS } from './definitions/pages.ts';
import { QUEUE_ALARMS } from './definitions/queues.ts';
import { RELAY_AND_SWEEP_ALARMS } from './definitions/relay-and-sweep.ts';
import { SENDING_ALARMS } from './definitions/sending.ts';

/** In the order of the runbook. */
export const ALARMS: readonly AlarmDefinition[] = [
  ...QUEUE_ALARMS,
  ...RELAY_AND_SWEEP_ALARMS,
  ...JOURNEY_ALARMS,
  ...SENDING_ALARMS,
  ...PAGE_ALARMS,
  ...CAPACITY_ALARMS,
];
