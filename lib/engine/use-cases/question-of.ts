/** From the ids that an execution carries to what is to be asked. */
import type { AudienceInput } from '#lib/contracts/audience.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { deploymentMark } from '../catch-up-marks.ts';
import type { BusinessEvents, DeploymentClocks } from '../ports.ts';
import type { Workspace } from '../workspace.ts';
import type { Question } from './ask-customer.ts';

export interface QuestionPorts {
  readonly events: Pick<BusinessEvents, 'find'>;
  readonly clocks: Pick<DeploymentClocks, 'load'>;
}

/**
 * Undefined where nobody has to be asked any more: a later deployment has everybody looked at once more. Throws the faults
 * - `UnknownEvent` where the event is not kept any more: it was asked too long ago;
 * - `DeploymentUnderWay` where whoever asks does not know yet what has been deployed, and would find nothing to decide.
 */
export async function questionOf(
  input: AudienceInput,
  workspace: Workspace,
  { events, clocks }: QuestionPorts,
): Promise<Question | undefined> {
  switch (input.kind) {
    case 'schedule':
      return input;
    case 'catch up':
      return (await isOutdated(input.deployed, workspace, clocks)) ? undefined : { kind: 'catch up' };
    case 'event': {
      const event = await events.find(input.id);
      if (event !== undefined) return { kind: 'event', event };
      throw new Fault('UnknownEvent', 'the event that everybody was to be told of is not kept any more');
    }
  }
}

/** Functions are brought up to date one after the other; which deployment is the latest is what the clock has seen last. */
async function isOutdated(
  deployed: string,
  workspace: Workspace,
  clocks: QuestionPorts['clocks'],
): Promise<boolean> {
  if (deploymentMark(workspace) === deployed) return false;
  const clock = await clocks.load();
  if ((clock?.changed ?? clock)?.deployed !== deployed) return true;
  throw new Fault('DeploymentUnderWay', 'this function is not up to date with the deployment yet');
}
