// `wend customer export`: everything that is kept of a customer, for them or for whoever answers them.
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { fileProblem } from '#lib/repository/file-problem.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandProblem } from '../../command-problem.ts';
import { counted } from '../../render/numbers.ts';
import { addCustomer, nobody, withCustomer, type CustomerOptions } from './named-customer.ts';

interface ExportOptions extends CustomerOptions {
  readonly output?: string;
}

/** Only for its owner: it is full of personal data. */
const OWNER_ONLY = 0o600;
/** Not over a file that is there: it may be another customer's, and it keeps the rights that it has. */
const NEW = 'wx';

/** The command, not yet parsed. */
export function exportCommand(context: CommandContext): Command {
  const { terminal } = context;
  return addCustomer(new Command('export'))
    .summary('write everything that is kept of a customer as JSON')
    .description(
      'Writes everything that a deployed environment keeps of a customer: what decisions are made of, the timeline of 90 days, messages in ' +
        'the app, devices. docs/privacy.md says what each part means. Signs in with your own AWS credentials; --local needs none.',
    )
    .option('--output <file>', 'write it to this new file instead of showing it; only you can read it')
    .addHelpText('after', '\nExample:\n  wend customer export u-1 --environment production --output u-1.json')
    .action((id: string, options: ExportOptions) =>
      withCustomer(context, id, options, async (system, customer, { environment }) => {
        const kept = await system.exportOf(customer);
        if (kept === undefined) throw nobody(environment, customer);
        const json = `${JSON.stringify(kept, null, 2)}\n`;
        const { output } = options;
        if (output === undefined) {
          terminal.out(json);
          return;
        }
        try {
          writeFileSync(output, json, { mode: OWNER_ONLY, flag: NEW });
        } catch (error) {
          throw new CommandProblem(`${output} cannot be written: ${fileProblem(error)}`);
        }
        terminal.err(
          `${output}: the document, ${counted(kept.timeline.length, 'decision')}, ${counted(kept.inApp.length, 'message')} in the app.\n` +
            'It is personal data: hand it to nobody but the customer, and delete it afterwards.\n',
        );
      }),
    );
}
