// `wend consent`: what was ever said about what a customer allows, as the ledger of an environment has it.
import { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { jsonOption } from '../options.ts';
import { renderConsent } from '../render/consent.ts';
import { addTarget, targetOf, type TargetOptions } from '../target.ts';

interface ConsentOptions extends TargetOptions {
  readonly hash?: boolean;
  readonly json?: boolean;
}

/** The command, not yet parsed. */
export function consentCommand({ terminal, ...cloud }: CommandContext): Command {
  return addTarget(new Command('consent'))
    .summary('show what a customer has ever said about consent, with its proof')
    .description(
      "Shows the consent ledger of a customer: who allowed or refused what and when, where it was said, which version of the text they agreed to, and the application's proof; " +
        'with unsubscribes, complaints, imports, confirmations and suppressions. Nothing in it expires or is ever changed. ' +
        'Signs in with your own AWS credentials (AWS_PROFILE, AWS_REGION); --local needs none.',
    )
    .argument('<customer>', 'the id that your applications use')
    .option('--hash', 'the id is the hash that logs and executions show')
    .addOption(jsonOption('the entries, in the order in which they happened,'))
    .addHelpText('after', '\nExample:\n  wend consent u-1 --environment production')
    .action(async (id: string, options: ConsentOptions) => {
      const target = targetOf(options, cloud);
      const { environment } = target;
      const system = await target.connect();
      try {
        const customer = options.hash === true ? id : await system.customerId(id);
        const entries = await system.consent(customer);
        terminal.out(
          options.json === true
            ? `${JSON.stringify({ environment, customer, entries }, null, 2)}\n`
            : renderConsent(customer, entries, terminal.colours),
        );
      } finally {
        system.close();
      }
    });
}
