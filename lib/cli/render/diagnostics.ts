// Diagnostics as a compiler shows them: the place, what is wrong, the line itself with a mark under it, what to do.
import type { Diagnostic } from '#lib/compiler/diagnostics.ts';
import type { Colours } from '../terminal.ts';
import { counted } from './numbers.ts';

/** How much of a long line is shown. */
const LINE_WIDTH = 96;

/** All diagnostics, grouped by file; ends with a newline. Nothing where there are none. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  folder: string,
  colours: Colours,
): string {
  const files = new Map<string, string[] | undefined>();
  return diagnostics
    .map((diagnostic) => {
      if (!files.has(diagnostic.file)) files.set(diagnostic.file, texts.get(diagnostic.file)?.split(/\r?\n/));
      return renderDiagnostic(diagnostic, files.get(diagnostic.file)?.[diagnostic.line - 1], folder, colours);
    })
    .join('\n');
}

/** "2 errors and 1 warning in 12 journeys", or that nothing is wrong. */
export function summarise(diagnostics: readonly Diagnostic[], colours: Colours): string {
  const { errors, warnings } = countSeverities(diagnostics);
  const parts = [
    ...(errors > 0 ? [colours.red(counted(errors, 'error'))] : []),
    ...(warnings > 0 ? [colours.yellow(counted(warnings, 'warning'))] : []),
  ];
  return parts.length === 0 ? colours.green('no problems') : parts.join(' and ');
}

/** How many of each there are. */
export function countSeverities(diagnostics: readonly Diagnostic[]): {
  errors: number;
  warnings: number;
} {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: diagnostics.length - errors };
}

function renderDiagnostic(
  { file, line, column, severity, code, message, hint }: Diagnostic,
  text: string | undefined,
  folder: string,
  colours: Colours,
): string {
  const place = colours.bold(`${folder}/${file}:${line}:${column}`);
  const mark = severity === 'error' ? colours.red('error') : colours.yellow('warning');
  const lines = [`${place}  ${mark}  ${colours.dim(code)}`, `  ${message}`];
  if (text !== undefined && text.trim() !== '')
    lines.push(...sourceLine(text, line, column, severity, colours));
  if (hint !== undefined) lines.push(`  ${colours.cyan('hint')}: ${hint}`);
  return `${lines.join('\n')}\n`;
}

/** The line with its number, and a caret under the column. A long line is cut so that the place is in sight. */
function sourceLine(
  text: string,
  line: number,
  column: number,
  severity: Diagnostic['severity'],
  colours: Colours,
): string[] {
  const plain = text.replaceAll('\t', ' ');
  const start = column <= LINE_WIDTH - 16 ? 0 : column - LINE_WIDTH / 2;
  const shown = `${start > 0 ? '…' : ''}${plain.slice(start, start + LINE_WIDTH)}${plain.length > start + LINE_WIDTH ? '…' : ''}`;
  const gutter = `${line} | `;
  const caret = severity === 'error' ? colours.red('^') : colours.yellow('^');
  const indent = ' '.repeat(gutter.length + column - 1 - start + (start > 0 ? 1 : 0));
  return [`    ${colours.dim(gutter)}${shown}`, `    ${indent}${caret}`];
}
