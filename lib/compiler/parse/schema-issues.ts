/**
 * What zod says about a value, in the words of the registry: one finding for one mistake. Of a union, only the branch that
 * was meant speaks: the one whose type fits and that has the fewest complaints.
 */
import type * as z from 'zod';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import { closest, listed as inWords } from '../diagnostics/suggestion.ts';
import {
  fieldInOtherWords,
  inList,
  numberAsText,
  otherWordFor,
  valueInOtherWords,
  wrapped,
} from './meant-value.ts';
import { descriptionAt, fieldNames, schemaAt, valueAt } from './schema-at.ts';

type Issue = z.core.$ZodIssue;

/** A finding; where it says that a field is missing or unknown, the field's name. */
interface Complaint {
  readonly finding: Finding;
  readonly missing?: string;
  readonly unknown?: string;
}

/** Findings for what zod has to say about `schema` with `value`. */
export function fromIssues(schema: z.core.$ZodType, value: unknown, issues: readonly Issue[]): Finding[] {
  return together(complaints(schema, value, issues, []), value).map((complaint) => complaint.finding);
}

/** An object with nothing in it is one mistake, however many fields it lacks. */
function together(all: readonly Complaint[], value: unknown): Complaint[] {
  const isFirst = (one: Complaint): boolean =>
    all.find((each) => each.missing !== undefined && samePath(each.finding.path, one.finding.path)) === one;
  return all.flatMap((one) => {
    const { path } = one.finding;
    const holder = valueAt(value, path);
    if (one.missing === undefined || !isObject(holder) || Object.keys(holder).length > 0) return [one];
    if (!isFirst(one)) return [];
    const names = all.flatMap((each) => (samePath(each.finding.path, path) ? (each.missing ?? []) : []));
    return names.length === 1
      ? [one]
      : [complain(finding('missing-field', path, { names, meaning: undefined }))];
  });
}

/** Paths start with `base`. */
function complaints(
  schema: z.core.$ZodType,
  value: unknown,
  issues: readonly Issue[],
  base: JsonPath,
): Complaint[] {
  return explained(issues.flatMap((issue) => fromIssue(schema, value, issue, base)));
}

/** A field that is misspelt explains why the one that was meant is missing: one mistake, told once. */
function explained(all: readonly Complaint[]): Complaint[] {
  const told = new Set<Complaint>();
  const renamed = all.map((one) => {
    if (one.unknown === undefined) return one;
    const meant = meantBy(one, one.unknown, all);
    if (meant?.missing === undefined) return one;
    told.add(meant);
    const facts = { name: one.unknown, known: [], meant: meant.missing };
    return { ...one, finding: findingAtKey('unknown-field', one.finding.path, facts) };
  });
  return renamed.filter((one) => !told.has(one));
}

/** The missing field that an unknown one stands for: one of a similar name, or the only one beside the only unknown one. */
function meantBy(one: Complaint, unknown: string, all: readonly Complaint[]): Complaint | undefined {
  const holder = one.finding.path.slice(0, -1);
  const missing = all.filter((each) => each.missing !== undefined && samePath(each.finding.path, holder));
  const strangers = all.filter(
    (each) => each.unknown !== undefined && samePath(each.finding.path.slice(0, -1), holder),
  );
  const alike =
    missing.find((each) => fieldInOtherWords(unknown, [each.missing ?? '']) !== undefined) ??
    missing.find((each) => closest(unknown, [each.missing ?? '']) !== undefined);
  return alike ?? (missing.length === 1 && strangers.length === 1 ? missing[0] : undefined);
}

function samePath(a: JsonPath, b: JsonPath): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

function fromIssue(schema: z.core.$ZodType, value: unknown, issue: Issue, base: JsonPath): Complaint[] {
  const within = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const path = [...base, ...within];
  const target = valueAt(value, within);
  if (issue.code === 'unrecognized_keys') return unknownFields(schema, value, within, path, issue.keys);
  const last = path.at(-1);
  if (target === undefined && typeof last === 'string') {
    const types = issue.code === 'invalid_union' && 'options' in issue ? (issue.options ?? []) : [];
    const meaning =
      types.length > 0 ? `${inWords(types.map(String))}.` : descriptionAt(schema, within, value);
    return [
      { finding: finding('missing-field', path.slice(0, -1), { names: [last], meaning }), missing: last },
    ];
  }
  if (issue.code === 'invalid_union') return fromUnion(schema, value, issue, path, within);
  return [complain(wrongValue(issue, path, target, schemaAt(schema, within, value)))];
}

function complain(one: Finding): Complaint {
  return { finding: one };
}

function wrongValue(
  issue: Issue,
  path: JsonPath,
  target: unknown,
  schema: z.core.$ZodType | undefined,
): Finding {
  const last = String(path.at(-1));
  switch (issue.code) {
    case 'invalid_type':
      return finding('wrong-type', path, {
        expected: typeInWords(issue.expected),
        found: target,
        meant: numberAsText(schema, target),
      });
    case 'invalid_value':
      return notOneOf(issue.values, path, target);
    case 'invalid_key': {
      const reason = issue.issues[0]?.message ?? 'it cannot be a name here';
      return findingAtKey('invalid-value', path, { reason: `"${last}" ${reason}` });
    }
    case 'invalid_format':
      return finding('invalid-value', path, {
        reason: `"${String(target)}" ${issue.message}`,
        found: target,
      });
    case 'too_small':
    case 'too_big':
      return outOfRange(issue, path, target);
    default:
      return finding('invalid-value', path, { reason: issue.message, found: target });
  }
}

function unknownFields(
  schema: z.core.$ZodType,
  value: unknown,
  within: JsonPath,
  path: JsonPath,
  keys: readonly string[],
): Complaint[] {
  const holder = valueAt(value, within);
  const all = fieldNames(schemaAt(schema, within, value), holder);
  const free = all.filter((name) => !isObject(holder) || !Object.hasOwn(holder, name));
  const known = free.length > 0 ? free : all;
  return keys.map((name) => ({
    finding: findingAtKey('unknown-field', [...path, name], {
      name,
      known,
      ...meantField(name, known),
      ...belongs(holder, name),
    }),
    unknown: name,
  }));
}

function meantField(name: string, known: readonly string[]): { readonly meant?: string } {
  const meant = fieldInOtherWords(name, known);
  return meant === undefined ? {} : { meant };
}

/** What is said of a date stands together, one level deeper. */
function belongs(holder: unknown, name: string): { readonly hint?: string } {
  const type = isObject(holder) ? holder['type'] : undefined;
  if ((type !== 'wait' && type !== 'waitFor') || !['date', 'offset', 'at'].includes(name)) return {};
  return {
    hint: 'It belongs into "until": { "date": "profile.…", "offset": "3 days before", "at": "09:00" }.',
  };
}

function fromUnion(
  schema: z.core.$ZodType,
  value: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  path: JsonPath,
  within: JsonPath,
): Complaint[] {
  const target = valueAt(value, within);
  const union = schemaAt(schema, within, value);
  if ('options' in issue) return [complain(kindOfStep(issue.options ?? [], path, target))];
  const fitting = issue.errors
    .map((issues, index) => ({ issues, index }))
    .filter(({ issues }) => !issues.some(({ code, path: at }) => at.length === 0 && isMismatch(code)))
    .toSorted((a, b) => a.issues.length - b.issues.length);
  const [best] = fitting;
  const options = union === undefined ? [] : optionsOf(union);
  if (best === undefined) return [complain(noneFits(issue, path, target, options))];
  const branch = options[best.index];
  const parts = branch === undefined ? [] : complaints(branch, target, best.issues, path);
  const apart = parts.map((part) => ofAnotherBranch(part, branch, options, path, target) ?? part);
  if (apart.some((part, index) => part !== parts[index]))
    return apart.filter((part) => part.missing === undefined);
  const unknown = parts.some((part) => part.unknown !== undefined);
  return unknown ? parts.filter((part) => part.missing === undefined) : parts;
}

/** A field that is unknown beside the others, but known in another branch of the union: the two are different ways. */
function ofAnotherBranch(
  { unknown, finding: { path: at } }: Complaint,
  branch: z.core.$ZodType | undefined,
  options: readonly z.core.$ZodType[],
  path: JsonPath,
  target: unknown,
): Complaint | undefined {
  if (unknown === undefined || at.length !== path.length + 1 || !isObject(target)) return undefined;
  const own = fieldNames(branch, target);
  for (const option of options) {
    const others = fieldNames(option, target);
    const other = Object.keys(target).find((name) => own.includes(name) && !others.includes(name));
    if (others.includes(unknown) && other !== undefined)
      return complain(findingAtKey('not-together', at, { name: unknown, other }));
  }
  return undefined;
}

function isMismatch(code: Issue['code']): boolean {
  return code === 'invalid_type' || code === 'invalid_value';
}

function optionsOf(union: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { def } = union._zod;
  return 'options' in def && Array.isArray(def.options) ? (def.options as z.core.$ZodType[]) : [];
}

function noneFits(
  issue: z.core.$ZodIssueInvalidUnion,
  path: JsonPath,
  target: unknown,
  options: readonly z.core.$ZodType[],
): Finding {
  const firsts = issue.errors.flatMap((issues) =>
    issues.filter((each) => each.path.length === 0).slice(0, 1),
  );
  const choice = firsts.find((each) => each.code === 'invalid_value');
  const listed = inList(options, target);
  if (listed !== undefined)
    return finding('wrong-type', path, { expected: 'a list [ … ]', found: target, hint: listed });
  if (choice !== undefined && typeof target === 'string')
    return notOneOf(choice.values, path, target, wrapped(options, target));
  const expected = firsts.map((each) => {
    if (each.code === 'invalid_type') return typeInWords(each.expected);
    return each.code === 'invalid_value' ? valuesInWords(each.values) : 'something else';
  });
  return finding('wrong-type', path, { expected: [...new Set(expected)].join(' or '), found: target });
}

function notOneOf(values: readonly unknown[], path: JsonPath, target: unknown, meant?: string): Finding {
  const known = values.map(String);
  return typeof target === 'string' && values.every((value) => typeof value === 'string')
    ? finding('not-one-of', path, { found: target, known, meant: meant ?? valueInOtherWords(target, known) })
    : finding('wrong-type', path, { expected: valuesInWords(values), found: target });
}

function kindOfStep(kinds: readonly unknown[], path: JsonPath, target: unknown): Finding {
  const meant = typeof target === 'string' ? otherWordFor(target, kinds.map(String)) : undefined;
  return notOneOf(kinds, path, target, meant === undefined ? undefined : `"${meant}"`);
}

function outOfRange(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  path: JsonPath,
  target: unknown,
): Finding {
  const small = issue.code === 'too_small';
  if (issue.origin === 'array') return finding('empty-list', path, {});
  if (issue.origin === 'string') {
    const length = typeof target === 'string' ? target.length : 0;
    const most = small ? '' : ` the most is ${String(issue.maximum)}`;
    return finding('invalid-value', path, {
      reason: length === 0 ? 'this text is empty' : `this text has ${length} characters;${most}`,
    });
  }
  const limit = small ? `less than ${String(issue.minimum)}` : `more than ${String(issue.maximum)}`;
  return finding('invalid-value', path, { reason: `${String(target)} is ${limit}` });
}

function valuesInWords(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(' or ');
}

function typeInWords(expected: string): string {
  switch (expected) {
    case 'string':
      return 'a text in double quotes';
    case 'number':
      return 'a number';
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list [ … ]';
    case 'object':
    case 'record':
      return 'an object { … }';
    default:
      return 'another value';
  }
}
