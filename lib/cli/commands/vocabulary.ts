// `wend vocabulary`: what a stream carries, as a piece of settings.json.
import { Command } from 'commander';
import { VocabularyInference } from '#lib/simulator/infer-vocabulary.ts';
import { readLines } from '#lib/simulator/read-lines.ts';
import { RefusedLines } from '#lib/simulator/refused-lines.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { counted } from '../render/numbers.ts';
import { renderRefusedLines } from '../render/refused-lines.ts';
import { renderVocabulary } from '../render/vocabulary.ts';

/** The command, not yet parsed. */
export function vocabularyCommand({ terminal, exitWith }: CommandContext): Command {
  return new Command('vocabulary')
    .summary('propose the vocabulary of settings.json from a stream of events')
    .description(
      'Reads a stream and proposes the events with their properties, and the traits, each with its type.\n' +
        'The stream has one JSON object a line, in the Segment spec (track, identify), plain or gzip.',
    )
    .requiredOption('--from <file>', 'the stream')
    .option('--json', 'print the vocabulary, the notes and what was refused as JSON')
    .addHelpText('after', '\nExample:\n  wend vocabulary --from events.jsonl.gz')
    .action(async (options: { from: string; json?: boolean }) => {
      const inference = new VocabularyInference();
      const refused = new RefusedLines();
      let calls = 0;
      for await (const line of readLines(options.from)) {
        const call = line.text === undefined ? { refused: 'longer than 1 MB' } : readSegmentLine(line.text);
        if ('refused' in call) {
          refused.add(call.refused, line.number);
          continue;
        }
        calls += 1;
        inference.add(call, line.number);
      }
      const { vocabulary, notes } = inference.result();
      if (calls === 0) exitWith(EXIT.problems);
      if (options.json === true) {
        terminal.out(`${JSON.stringify({ calls, vocabulary, notes, refused: refused.all() }, null, 2)}\n`);
        return;
      }
      // The fragment alone goes to the output, so that it can be piped; the rest is for who looks on.
      terminal.out(renderVocabulary(vocabulary));
      for (const note of notes) terminal.err(`${terminal.errorColours.yellow('note')}: ${note}\n`);
      terminal.err(renderRefusedLines(refused.all(), terminal.errorColours));
      terminal.err(`${counted(calls, 'call')} read. Paste the fragment into settings.json.\n`);
    });
}
