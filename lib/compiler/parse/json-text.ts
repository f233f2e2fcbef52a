/**
 * Reads JSON with comments and trailing commas, keeping the places of everything in it. Whatever the text is, the answer is
 * a value or diagnostics, never an exception.
 */
import { parseTree, printParseErrorCode, stripComments, type Node, type ParseError } from 'jsonc-parser';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { fileDiagnostic, jsonPointer, type Diagnostic, type Finding } from '../diagnostics.ts';
import { DIAGNOSTICS } from '../diagnostics/registry.ts';
import { GARBLED, garbledAt } from './garbled.ts';
import { MOST_LEVELS, tooDeepAt } from './nesting.ts';
import { positionAt, type SourceFile, type TextPosition } from './source-file.ts';
import { isConsequence, syntaxProblem } from './syntax-problem.ts';

/** A file's value with the tree that knows where each part of it is written. */
export interface JsonText {
  readonly file: SourceFile;
  readonly value: unknown;
  readonly tree: Node;
}

/** Step Functions takes definitions of 1 MB; a journey's own text cannot be longer. */
export const MOST_CHARACTERS = 1_000_000;
const MOST_SYNTAX_ERRORS = 20;

/** Reads a file. Without `json` there is at least one error among the diagnostics. */
export function readJson(source: SourceFile): {
  readonly json?: JsonText;
  readonly diagnostics: readonly Diagnostic[];
} {
  const file = {
    path: source.path,
    text: source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text,
  };
  const { text, path } = file;
  if (text.length > MOST_CHARACTERS) {
    const facts = { characters: text.length, most: MOST_CHARACTERS };
    return { diagnostics: [fileDiagnostic('file-too-large', { file: path }, facts)] };
  }
  const garbled = garbledAt(text);
  if (garbled !== undefined) {
    const place = { file: path, ...positionAt(text, garbled) };
    return { diagnostics: [fileDiagnostic('file-unreadable', place, GARBLED)] };
  }
  const deep = tooDeepAt(text);
  if (deep !== undefined) {
    const place = { file: path, ...positionAt(text, deep) };
    return { diagnostics: [fileDiagnostic('nested-too-deep', place, { most: MOST_LEVELS })] };
  }
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: false });
  const isCommentOpen = errors.some(({ error }) => printParseErrorCode(error) === 'UnexpectedEndOfComment');
  if (tree === undefined && !isCommentOpen && stripComments(text).trim() === '')
    return { diagnostics: [fileDiagnostic('empty-file', { file: path }, {})] };
  if (errors.length > 0 || tree === undefined) return { diagnostics: syntaxErrors(file, errors) };
  const diagnostics: Diagnostic[] = [];
  const value = valueOf(tree, [], file, diagnostics);
  return diagnostics.length > 0 ? { diagnostics } : { json: { file, value, tree }, diagnostics };
}

/** One error a line: what follows the first on a line is mostly its consequence. */
function syntaxErrors({ path: file, text }: SourceFile, errors: readonly ParseError[]): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  let more = 0;
  let lineEnd = -1;
  for (const [index, error] of errors.entries()) {
    if (error.offset <= lineEnd || isConsequence(error, errors[index - 1], text)) continue;
    const end = text.indexOf('\n', error.offset);
    lineEnd = end === -1 ? text.length : end;
    if (diagnostics.length === MOST_SYNTAX_ERRORS) {
      more += 1;
      continue;
    }
    const place = { file, ...positionAt(text, error.offset) };
    diagnostics.push(fileDiagnostic('syntax-error', place, { what: syntaxProblem(error, text) }));
  }
  const last = diagnostics.at(-1);
  if (more === 0 || last === undefined) return diagnostics;
  const place = { file, line: last.line, column: last.column };
  return [...diagnostics, fileDiagnostic('too-many-syntax-errors', place, { more })];
}

/** `path` is the way to `node`; it is changed on the way down and restored, because most files need it for nothing. */
function valueOf(
  node: Node,
  path: (string | number)[],
  file: SourceFile,
  diagnostics: Diagnostic[],
): unknown {
  if (node.type === 'array') {
    return (node.children ?? []).map((child, index) => {
      path.push(index);
      const value = valueOf(child, path, file, diagnostics);
      path.pop();
      return value;
    });
  }
  if (node.type !== 'object') return node.value as unknown;
  const object: Record<string, unknown> = {};
  for (const { children = [] } of node.children ?? []) {
    const [key, value] = children;
    if (key === undefined || value === undefined) continue;
    const name = String(key.value);
    path.push(name);
    if (name === '__proto__' || Object.hasOwn(object, name))
      diagnostics.push(unusableKey(name, key, node, path, file));
    else object[name] = valueOf(value, path, file, diagnostics);
    path.pop();
  }
  return object;
}

/** A key that is there already, or that would set the prototype of the object. */
function unusableKey(name: string, key: Node, holder: Node, path: JsonPath, file: SourceFile): Diagnostic {
  const place = { file: file.path, pointer: jsonPointer(path), ...positionAt(file.text, key.offset) };
  if (name === '__proto__') return fileDiagnostic('reserved-key', place, { name });
  const first = propertyOf(holder, name)?.offset ?? key.offset;
  return fileDiagnostic('duplicate-key', place, { name, firstLine: positionAt(file.text, first).line });
}

/** Findings as diagnostics with their places in the file. */
export function located(json: JsonText, findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ code, path, at, message, hint }) => ({
    code,
    severity: DIAGNOSTICS[code].severity,
    ...placeIn(json, path, at),
    message,
    ...(hint === undefined ? {} : { hint }),
  }));
}

/** File, pointer, line and column of a part of the value, of its name or of what stands behind that. */
export function placeIn(
  json: JsonText,
  path: JsonPath,
  at: 'key' | 'value',
): Pick<Diagnostic, 'file' | 'pointer' | 'line' | 'column'> {
  return { file: json.file.path, pointer: jsonPointer(path), ...positionOf(json, path, at) };
}

/** Where a part of the value is written; where there is nothing, the innermost part around it. */
function positionOf(json: JsonText, path: JsonPath, at: 'key' | 'value'): TextPosition {
  let place = json.tree;
  let node: Node | undefined = json.tree;
  for (const [index, part] of path.entries()) {
    const child: Node | undefined =
      typeof part === 'number' ? node?.children?.[part] : propertyOf(node, part);
    const isKey: boolean = at === 'key' && index === path.length - 1 && child?.type === 'property';
    node = child?.type === 'property' ? child.children?.[isKey ? 0 : 1] : child;
    if (node === undefined) break;
    place = node;
  }
  return positionAt(json.file.text, place.offset);
}

function propertyOf(node: Node | undefined, name: string): Node | undefined {
  return node?.type === 'object'
    ? node.children?.find((child) => child.children?.[0]?.value === name)
    : undefined;
}
