/** All kinds of entries of a timeline. */
import { audienceKind } from './audience.ts';
import { consentKind } from './consent.ts';
import { duplicateKind } from './duplicate.ts';
import { eventKind } from './event.ts';
import { failKind } from './fail.ts';
import { pauseKind, resumeKind } from './pause.ts';
import { reportKind } from './report.ts';
import type { TimelineKind } from './timeline-kind.ts';
import { traitsKind } from './traits.ts';
import { withdrawKind } from './withdraw.ts';

/** In the order in which an editor offers them. */
export const TIMELINE_KINDS: readonly TimelineKind[] = [
  eventKind,
  audienceKind,
  traitsKind,
  consentKind,
  withdrawKind,
  reportKind,
  failKind,
  duplicateKind,
  pauseKind,
  resumeKind,
];
