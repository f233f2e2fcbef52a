// The variables of every function, as the functions themselves describe them: what a function asks for is what it is given.
import type * as z from 'zod';
import type { FunctionName } from '#lib/contracts/deployment-names.ts';
import { environmentSchema as answerCustomers } from '../../functions/answer-customers/environment.ts';
import { environmentSchema as awaitEvents } from '../../functions/await-events/environment.ts';
import { environmentSchema as callEndpoint } from '../../functions/call-endpoint/environment.ts';
import { environmentSchema as decideStep } from '../../functions/decide-step/environment.ts';
import { environmentSchema as emitEvent } from '../../functions/emit-event/environment.ts';
import { environmentSchema as endRun } from '../../functions/end-run/environment.ts';
import { environmentSchema as enterJourney } from '../../functions/enter-journey/environment.ts';
import { environmentSchema as findDue } from '../../functions/find-due/environment.ts';
import { environmentSchema as ingestEvents } from '../../functions/ingest-events/environment.ts';
import { environmentSchema as invokeFunction } from '../../functions/invoke-function/environment.ts';
import { environmentSchema as passTime } from '../../functions/pass-time/environment.ts';
import { environmentSchema as relayEffects } from '../../functions/relay-effects/environment.ts';
import { environmentSchema as sendMessage } from '../../functions/send-message/environment.ts';
import { environmentSchema as startRuns } from '../../functions/start-runs/environment.ts';
import { environmentSchema as tellCustomers } from '../../functions/tell-customers/environment.ts';
import { environmentSchema as updateProfile } from '../../functions/update-profile/environment.ts';

export const FUNCTION_ENVIRONMENTS = {
  'ingest-events': ingestEvents,
  'relay-effects': relayEffects,
  'start-runs': startRuns,
  'find-due': findDue,
  'pass-time': passTime,
  'tell-customers': tellCustomers,
  'answer-customers': answerCustomers,
  'send-message': sendMessage,
  'update-profile': updateProfile,
  'emit-event': emitEvent,
  'invoke-function': invokeFunction,
  'call-endpoint': callEndpoint,
  'enter-journey': enterJourney,
  'decide-step': decideStep,
  'await-events': awaitEvents,
  'end-run': endRun,
} as const satisfies Readonly<Record<FunctionName, z.ZodObject>>;
