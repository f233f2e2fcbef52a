// Options that several commands share, parsed at the edge.
import { InvalidArgumentError, Option } from 'commander';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';

/** `--workspace DIR` */
export function workspaceOption(): Option {
  return new Option('--workspace <dir>', 'the folder with settings.json, journeys/ and messages/').default(
    'workspace',
  );
}

/** `--json` */
export function jsonOption(what: string): Option {
  return new Option('--json', `print ${what} as JSON`);
}

/** An instant on the command line, such as 2026-11-30T00:00:00Z; a date alone is the start of that day in UTC. */
export function instantArgument(text: string): Instant {
  const instant = parseInstant(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (instant === undefined)
    throw new InvalidArgumentError(
      'Write a date such as 2026-11-30, or an instant such as 2026-11-30T08:00:00Z.',
    );
  return instant;
}

/** A file or folder on the command line. An empty text would be the folder that one is in: it comes of a variable that is not set. */
export function pathArgument(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Write the name of a file or folder.');
  return text;
}

/** A whole number on the command line. */
export function wholeNumberArgument(text: string): number {
  const number = Number(text);
  if (!/^-?\d{1,15}$/.test(text) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('Write a whole number, such as 7.');
  return number;
}

/** `--versions DIR` */
export function versionsOption(): Option {
  return new Option('--versions <dir>', 'the folder of compiled versions').default('state-machines');
}

/** `--environment NAME` */
export function environmentOption(): Option {
  return new Option('--environment <name>', 'the environment, such as production').argParser(
    environmentArgument,
  );
}

/** `--environment NAME`, as often as there are environments. */
export function environmentsOption(): Option {
  return new Option('--environment <name>', 'an environment; repeat it for each that there is')
    .argParser((name, before: readonly string[] | undefined) => [
      ...(before ?? []),
      environmentArgument(name),
    ])
    .makeOptionMandatory();
}

function environmentArgument(name: string): string {
  if (/^[a-z][a-z0-9]{0,19}$/.test(name)) return name;
  throw new InvalidArgumentError(
    'Write the name of an environment: lower-case letters and digits, such as production.',
  );
}

/** Of the local cloud's page. */
export function portArgument(text: string): number {
  const port = Number(text);
  // The next one is needed as well; those below 1024 belong to the system.
  if (/^\d{1,5}$/.test(text) && port >= 1024 && port <= 65_534) return port;
  throw new InvalidArgumentError('Write a port from 1024 to 65534, such as 4400.');
}
