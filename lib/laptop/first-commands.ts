// What to try first, as commands that can be pasted: each tells the local cloud of something that a customer does, another way. The events
// are those of the workspace that runs.
import { busName, deploymentName } from '#lib/contracts/deployment-names.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { eventProperties } from '#lib/journey/vocabulary.ts';
import { exampleProperties } from './page/example-properties.ts';
import { clientVariables, portOf, type RunningLocalCloud } from './running-file.ts';

/** A command of a shell, and what it does. */
export interface FirstCommand {
  readonly what: string;
  readonly command: string;
}

/** One whom the sample does not have. */
const CUSTOMER = 'ada';

/** `now`: of the business, in milliseconds. */
export function firstCommands(
  running: Pick<RunningLocalCloud, 'endpoint' | 'region' | 'environment' | 'page'>,
  workspace: DeployedWorkspace,
  now: number,
): readonly FirstCommand[] {
  const bus = busName(deploymentName(running.environment));
  const variables = Object.entries(clientVariables(running))
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
  // `--local` alone finds the only one, and another may be started beside it before somebody tries this.
  const local = `--local --port ${portOf(running)}`;
  const event = exampleEvent(workspace);
  const properties = exampleProperties(eventProperties(workspace.settings.vocabulary, event) ?? {}, now);
  const identify = {
    type: 'identify',
    userId: CUSTOMER,
    traits: { firstName: 'Ada', email: 'ada@example.com', phone: '+4915112345678' },
  };
  const track = { type: 'track', userId: CUSTOMER, event, properties };
  const script =
    `import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'; ` +
    `const { Entries } = await new EventBridgeClient({}).send(new PutEventsCommand({ Entries: [${JSON.stringify(entryOf(bus, event, track))}] })); ` +
    `console.log(Entries);`;
  return [
    {
      what: 'A customer signs up, told by the AWS CLI',
      // Older versions know neither AWS_ENDPOINT_URL nor AWS_REGION.
      command: `${variables} aws events put-events --endpoint-url ${running.endpoint} --region ${running.region} --entries ${quoted(JSON.stringify([entryOf(bus, 'Identify', identify)]))}`,
    },
    {
      what: `"${event}", told by the AWS SDK`,
      command: `${variables} npx node --input-type=module --eval ${quoted(script)}`,
    },
    {
      what: `"${event}" once more, told by wend, which shows what is decided`,
      command: `npx wend track ${CUSTOMER} ${quoted(event)} ${local} --properties ${quoted(JSON.stringify(another(properties)))}`,
    },
  ];
}

function entryOf(bus: string, detailType: string, call: unknown) {
  return { EventBusName: bus, Source: 'shop', DetailType: detailType, Detail: JSON.stringify(call) };
}

/** An event that lets somebody into a live journey, best one that begins with a message. */
function exampleEvent({ manifests, newest, journeys, settings }: DeployedWorkspace): string {
  const live = manifests.filter(
    ({ journey, version }) => newest[journey] === version && journeys[journey]?.status === 'live',
  );
  const entries = live.flatMap((manifest) => {
    const { trigger, where } = manifest.entry;
    return trigger.kind === 'event' && eventProperties(settings.vocabulary, trigger.event) !== undefined
      ? [{ event: trigger.event, isOpen: where === undefined, sends: beginsWithMessage(manifest) }]
      : [];
  });
  const best =
    entries.find(({ isOpen, sends }) => isOpen && sends) ??
    entries.find(({ isOpen }) => isOpen) ??
    entries[0];
  return best?.event ?? Object.keys(settings.vocabulary.events)[0] ?? 'Consent Changed';
}

function beginsWithMessage({ flow }: Manifest): boolean {
  return flow.start !== null && flow.nodes[flow.start]?.kind === 'send';
}

/** A second order is another one: journeys know things by their ids. */
function another(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      typeof value === 'string' && /_?id$/i.test(name) ? value.replace(/1$/, '2') : value,
    ]),
  );
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
