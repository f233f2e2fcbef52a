/**
 * The list of a segment: a CSV file with ids of customers. Comma, semicolon or tab; with a header or without one where there is
 * only one column. Rows without a usable id are passed over and counted.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { fileDiagnostic, type Diagnostic } from './diagnostics.ts';
import type { SourceFile } from './parse/source-file.ts';

/** Names of the column that holds ids; case, spaces, hyphens and underscores do not matter. */
const COLUMNS: ReadonlySet<string> = new Set(['customer', 'customerid', 'userid', 'externalid', 'id']);
/** Longer ones are no ids but text that ended up in the wrong column. */
const LONGEST_ID = 200;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Ids in the order of the file, each once. Without `members` there is an error among the diagnostics. */
export function readList(file: SourceFile): {
  readonly members?: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
} {
  const rows = readRows(file);
  if ('message' in rows) return { diagnostics: [unreadable(file, rows)] };
  const [first] = rows;
  if (first === undefined)
    return { diagnostics: [unreadable(file, { message: 'This list is empty.', hint: HINT })] };
  const named = first.record.findIndex((name) => COLUMNS.has(plain(name)));
  if (named === -1 && first.record.length > 1) {
    const message = 'None of the columns of this list is known to hold the ids of customers.';
    return { diagnostics: [unreadable(file, { message, hint: HINT })] };
  }
  const column = Math.max(named, 0);
  const members = new Set<string>();
  const skipped: number[] = [];
  for (const { record, info } of named === -1 ? rows : rows.slice(1)) {
    const id = record[column] ?? '';
    if (id === '' || id.length > LONGEST_ID) skipped.push(info.lines);
    else members.add(id);
  }
  const [line] = skipped;
  const diagnostics =
    line === undefined
      ? []
      : [fileDiagnostic('list-rows-skipped', { file: file.path, line }, { count: skipped.length })];
  if (members.size > 0) return { members: [...members], diagnostics };
  return { diagnostics: [unreadable(file, { message: 'There is no customer on this list.', hint: HINT })] };
}

const HINT = 'Write one id a line, below the heading "customer".';

function readRows(file: SourceFile): readonly Row[] | { readonly message: string; readonly line: number } {
  try {
    return parse(file.text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    return { message: 'This is not a list in CSV: a quotation mark is left open or stands in a text.', line };
  }
}

function unreadable(
  { path: file }: SourceFile,
  { message, hint, line = 1 }: { readonly message: string; readonly hint?: string; readonly line?: number },
): Diagnostic {
  return fileDiagnostic('list-unreadable', { file, line }, { message, hint });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
