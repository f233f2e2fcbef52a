// An operator pauses a journey, or lets it go on, whatever its file says.
import * as z from 'zod';
import { timelineKind } from './timeline-kind.ts';

const journeyField = z
  .string()
  .min(1)
  .meta({ examples: ['cart-recovery'] });

export const pauseKind = timelineKind(
  'pause',
  { pause: journeyField.describe('The journey that is paused from now on.') },
  {
    toAll: true,
    references: ({ pause }) => [{ kind: 'journey', name: pause, path: ['pause'] }],
    play: ({ pause }, stage) => stage.switchJourney(pause, 'paused'),
  },
);

export const resumeKind = timelineKind(
  'resume',
  { resume: journeyField.describe('The journey that goes on from now on.') },
  {
    toAll: true,
    references: ({ resume }) => [{ kind: 'journey', name: resume, path: ['resume'] }],
    play: ({ resume }, stage) => stage.switchJourney(resume, 'live'),
  },
);
