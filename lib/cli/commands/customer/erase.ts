// `wend customer erase`: a customer is to be forgotten.
import { Command } from 'commander';
import type { ExportedCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import type { Erasure } from '#lib/engine/use-cases/erase-customer.ts';
import type { CommandContext } from '../../command-context.ts';
import { counted } from '../../render/numbers.ts';
import { addCustomer, nobody, withCustomer, type CustomerOptions } from './named-customer.ts';

interface EraseOptions extends CustomerOptions {
  readonly yes?: boolean;
}

/** The command, not yet parsed. */
export function eraseCommand(context: CommandContext): Command {
  const { terminal } = context;
  return addCustomer(new Command('erase'))
    .summary('forget a customer, for good')
    .description(
      'Erases a customer of a deployed environment: no message goes out any more, journeys end, and everything that is kept of them is ' +
        'removed. What comes later about them is kept out. Without --yes it only says what it would do; it cannot be undone. ' +
        'Signs in with your own AWS credentials; --local needs none.',
    )
    .option('--yes', 'do it')
    .addHelpText('after', '\nExample:\n  wend customer erase u-1 --environment production --yes')
    .action((id: string, options: EraseOptions) =>
      withCustomer(context, id, options, async (system, customer, { environment, words }) => {
        const kept = await system.exportOf(customer);
        if (kept === undefined) throw nobody(environment, customer);
        const before = kept.document.erased;
        if (options.yes !== true && before === undefined) {
          terminal.out(
            `${wouldErase(kept, environment)}Nothing has been done. Add --yes to do it; it cannot be undone.\n`,
          );
          return;
        }
        const erasure = await system.erase(customer);
        if (erasure === undefined) throw nobody(environment, customer);
        if (before === undefined) terminal.out(hasErased(kept, erasure, environment));
        else terminal.out(`${customer} was erased from ${environment} on ${dayOf(erasure.at)}.\n`);
        terminal.out(progress(erasure, `${customer} --hash ${words}`));
      }),
    );
}

function wouldErase(
  { customer, document, timeline, inApp, identities, more }: ExportedCustomer,
  environment: string,
): string {
  const active = Object.values(document.runs).filter(({ over }) => over === undefined);
  return [
    `This would erase ${customer} from ${environment}:`,
    `  ${counted(Object.keys(document.traits).length, 'trait')}, consent to ${counted(Object.keys(document.consent).length, 'topic')}, the id of the applications`,
    `  ${counted(active.length, 'journey')} ${active.length === 1 ? 'ends' : 'end'}${active.length === 0 ? '' : `: ${[...new Set(active.map(({ journey }) => journey))].join(', ')}`}`,
    `  ${counted(timeline.length, 'decision')} of the timeline, ${counted(inApp.length, 'message')} in the app`,
    `  ${counted(identities.length + more.length, 'other item')}: devices, links of messages and the like`,
    'What stays: a hash, the day, and how often each journey was entered and left. docs/privacy.md says what else there is, and for how long.',
    '',
  ].join('\n');
}

function hasErased({ customer }: ExportedCustomer, { stopping }: Erasure, environment: string): string {
  return [
    `${customer} is erased from ${environment}: nothing goes out any more, and what still comes is kept out.`,
    ...(stopping === 0
      ? []
      : [`${counted(stopping, 'execution')} ${stopping === 1 ? 'is' : 'are'} being stopped.`]),
    '',
  ].join('\n');
}

/** `named`: how a command names the customer and where they are; by the hash, which is theirs still when nothing else is. */
function progress({ removal, stopping }: Erasure, named: string): string {
  switch (removal) {
    case 'wanted':
      return (
        'Timeline, messages in the app, devices and links are removed within moments, and looked for once more after a quarter of an hour.\n' +
        `How far it is: wend customer erase ${named}\n`
      );
    case 'done':
      return `Timeline, messages in the app, devices and links are removed${stopping === 0 ? '' : ', executions are being stopped'}; a quarter of an hour after the erasure they are looked for once more.\n`;
    case 'sure':
      return 'Everything is removed.\n';
  }
}

function dayOf(instant: string): string {
  return `${instant.slice(0, 10)} at ${instant.slice(11, 16)} UTC`;
}
