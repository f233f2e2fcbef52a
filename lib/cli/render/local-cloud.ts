// What somebody sees in the terminal who runs the local cloud: where it is, what to try, and what functions complain of.
import type { Laptop, LaptopLine } from '#lib/laptop/start-laptop.ts';
import type { Colours } from '../terminal.ts';

/** Ends with a newline. */
export function renderStarted(
  { environment, page, endpoint, commands, kept }: Laptop,
  millis: number,
  { bold, dim, cyan }: Colours,
): string {
  return [
    '',
    `  ${bold('The local cloud runs')}: the environment ${environment}, up after ${(millis / 1000).toFixed(1)} s.`,
    '',
    `  Page      ${cyan(page)}`,
    `  Services  ${cyan(endpoint)} ${dim('(AWS_ENDPOINT_URL)')}`,
    `  State     ${kept === undefined ? 'in memory; --data DIR keeps it' : kept}`,
    '',
    `  ${bold('Try, in another terminal:')}`,
    ...commands.flatMap(({ what, command }) => ['', `  ${what}:`, command]),
    '',
    `  ${dim('Ctrl-C ends it.')}`,
    '',
    '',
  ].join('\n');
}

/** A line of a function at a level that somebody should see, or of the local cloud about itself. */
export function renderLocalLine({ source, level, text }: LaptopLine, colours: Colours): string {
  const mark = level === 'WARN' ? colours.yellow(level) : colours.red(level);
  return `${mark} ${colours.dim(source)} ${text}\n`;
}
