// `wend customer explain`: why a customer got a message, or did not, in sentences that can be passed on to them.
import { Command, Option } from 'commander';
import { explainMessages, type Question } from '#lib/engine/explanation/explain-messages.ts';
import type { Explanation } from '#lib/engine/explanation/fact.ts';
import { explanationInWords, type Names, type Reader } from '#lib/engine/explanation/in-words.ts';
import { readWorkspaceFolder, type WorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import type { CommandContext } from '../../command-context.ts';
import { CommandProblem } from '../../command-problem.ts';
import { jsonOption, wholeNumberArgument, workspaceOption } from '../../options.ts';
import type { Colours } from '../../terminal.ts';
import { addCustomer, nobody, withCustomer, type CustomerOptions } from './named-customer.ts';

interface ExplainOptions extends CustomerOptions {
  readonly workspace: string;
  readonly message?: string;
  readonly run?: string;
  readonly last: number;
  readonly language: 'en' | 'de';
  readonly json?: boolean;
}

/** What one reads at once; each is a handful of sentences. */
const LAST = 10;

/** The command, not yet parsed. */
export function explainCommand(context: CommandContext): Command {
  const { terminal } = context;
  return addCustomer(new Command('explain'))
    .summary('say why a customer got a message, or did not')
    .description(
      'Says in plain sentences why messages went out to a customer of a deployed environment, or did not: what let them into the journey, ' +
        'which way they went and because of what, on which consent it rested, and what held it back. The newest is the last. ' +
        'Signs in with your own AWS credentials; --local needs none.',
    )
    .option('--message <id>', 'only this message, and why it did not come')
    .addOption(new Option('--run <id>', 'only this run of a journey'))
    .addOption(
      new Option('--last <n>', 'how many occasions')
        .argParser(wholeNumberArgument)
        .default(LAST, String(LAST)),
    )
    .addOption(
      new Option('--language <language>', 'language of the sentences').choices(['en', 'de']).default('en'),
    )
    .addOption(workspaceOption())
    .addOption(jsonOption('the facts'))
    .addHelpText(
      'after',
      '\nExample:\n  wend customer explain u-1 --message cart-reminder --environment production',
    )
    .action(async (id: string, options: ExplainOptions) => {
      const { message, run, last } = options;
      if (last < 1) throw new CommandProblem('--last has to be 1 or more');
      const workspace = await readWorkspaceFolder(options.workspace);
      await withCustomer(context, id, options, async (system, customer, { environment }) => {
        const kept = await system.exportOf(customer);
        if (kept === undefined) throw nobody(environment, customer);
        const consent = {
          records: kept.document.consent,
          // What was said just now is in the document still.
          ledger: [...kept.consent, ...(kept.document.ledger ?? [])],
          withoutRecord: withoutRecord(workspace),
        };
        const question: Question = { message, run, journeys: sending(workspace, message) };
        const found = explainMessages({ entries: kept.timeline, consent }, question).slice(-last);
        if (options.json === true)
          terminal.out(`${JSON.stringify({ environment, customer, occasions: found }, null, 2)}\n`);
        else if (found.length === 0) terminal.out(nothingTold(options, kept.document.erased !== undefined));
        else terminal.out(rendered(found, readerOf(options, workspace), terminal.colours));
      });
    });
}

function readerOf({ language }: ExplainOptions, { settings, journeys }: WorkspaceFolder): Reader {
  const topics = Object.entries(settings?.topics ?? {}).map(([id, { name }]) => [id, name] as const);
  const names: Names = {
    journeys: new Map(journeys.map(({ id, journey }) => [id, journey.name])),
    topics: new Map(topics),
  };
  return { locale: language, zone: settings?.timezone ?? 'UTC', names };
}

function withoutRecord({ settings }: WorkspaceFolder): ReadonlySet<string> {
  const topics = Object.entries(settings?.topics ?? {});
  return new Set(topics.flatMap(([id, topic]) => (topic.withoutRecord === 'granted' ? [id] : [])));
}

/** Journeys with a step that sends the message. */
function sending({ journeys }: WorkspaceFolder, message: string | undefined): readonly string[] {
  if (message === undefined) return [];
  return journeys.flatMap(({ id, manifest }) => {
    const nodes = Object.values(manifest.flow.nodes);
    const sends = nodes.some(
      (node) => node.kind === 'send' && node.settings.message.split('@', 1)[0] === message,
    );
    return sends ? [id] : [];
  });
}

function rendered(found: readonly Explanation[], reader: Reader, colours: Colours): string {
  return found
    .map((one) => {
      const { outcome, journey, message, run } = one;
      const title = [message ?? journey, outcome].join(': ');
      const sentences = explanationInWords(one, reader).map((sentence) => `  ${sentence}`);
      return [
        colours.bold(title),
        ...(run === undefined ? [] : [colours.dim(`  run ${run}`)]),
        ...sentences,
        '',
      ].join('\n');
    })
    .join('\n');
}

function nothingTold({ message, run }: ExplainOptions, isErased: boolean): string {
  if (isErased) return 'This customer was erased: there is nothing left to explain.\n';
  const what = message ?? (run === undefined ? 'any message' : `the run ${run}`);
  return (
    `The timeline of the last 90 days says nothing about ${what}.\n` +
    'Nothing that leads to it has happened. Events that an entry’s "where" has kept out are told only with "explains": "everything" in the settings.\n'
  );
}
