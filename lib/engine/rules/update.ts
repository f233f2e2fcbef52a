/**
 * The step `update`: changes the profile at the decision's instant, as if an application had told of it. A value that is missing or
 * does not fit changes nothing, and the log says why; the others are changed all the same.
 */
import type { UpdateSettings } from '#lib/contracts/action-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { isEqual, isMissing } from '../conditions/values.ts';
import { about, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Filled } from '../ports.ts';
import { storeTrait } from './traits.ts';

interface Updating {
  readonly deciding: Deciding;
  readonly id: string;
  readonly run: Run;
  readonly step: string;
  readonly cause: { readonly id: string; readonly at: Instant };
}

/** First what is set, then what is added, removed and counted up. `cause` names the step's visit. */
export function applyUpdate(updating: Updating, { remove }: UpdateSettings, { values }: Filled): void {
  for (const [trait, value] of entriesOf(values['set'])) change(updating, trait, value);
  for (const [trait, value] of entriesOf(values['add'])) addTo(updating, trait, listOf(value));
  if (Array.isArray(remove)) for (const trait of remove) change(updating, trait, null);
  else for (const [trait, value] of entriesOf(values['remove'])) removeFrom(updating, trait, listOf(value));
  for (const [trait, value] of entriesOf(values['increment'])) increment(updating, trait, value);
}

function addTo(updating: Updating, trait: string, added: readonly unknown[]): void {
  const before = listBefore(updating, trait);
  if (before === undefined) return;
  const after = [...before];
  for (const one of added) if (!after.some((other) => isEqual(other, one))) after.push(one);
  change(updating, trait, after);
}

function removeFrom(updating: Updating, trait: string, removed: readonly unknown[]): void {
  const before = listBefore(updating, trait);
  if (before === undefined) return;
  const after = before.filter((one) => !removed.some((other) => isEqual(other, one)));
  change(updating, trait, after);
}

function increment(updating: Updating, trait: string, by: unknown): void {
  const before = traitOf(updating.deciding, trait) ?? 0;
  if (typeof before !== 'number') return ignore(updating, `${trait} is no number`);
  const after = typeof by === 'number' ? before + by : Number.NaN;
  if (!Number.isFinite(after)) return ignore(updating, `${trait} cannot be counted up by what is no number`);
  change(updating, trait, after);
}

/** An unknown list is an empty one; undefined, and told, where there is something else. */
function listBefore(updating: Updating, trait: string): readonly unknown[] | undefined {
  const before = traitOf(updating.deciding, trait);
  if (isMissing(before)) return [];
  if (Array.isArray(before)) return before;
  ignore(updating, `${trait} is no list`);
  return undefined;
}

/** A trait that is removed stays known as null, so that an older identify that comes late does not bring it back. */
function change(updating: Updating, trait: string, value: unknown): void {
  const { deciding, id, run, step, cause } = updating;
  const [name = '', ...inner] = trait.split('.');
  const stored = withInner(deciding.document.traits[name]?.value, inner, value);
  const refusal = storeTrait(deciding, name, stored, cause);
  if (refusal !== undefined) return ignore(updating, refusal);
  note(deciding, { kind: 'sets', ...about(id, run), step, name: trait, value });
}

/** Dots lead into an object: `address.city` changes the property city of the trait address. */
function withInner(whole: unknown, path: readonly string[], value: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const object = isRecord(whole) ? whole : {};
  return { ...object, [name]: withInner(object[name], rest, value) };
}

function traitOf({ document }: Deciding, trait: string): unknown {
  const [name = '', ...inner] = trait.split('.');
  let value: unknown = Object.hasOwn(document.traits, name) ? document.traits[name]?.value : undefined;
  for (const part of inner) value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value;
}

function ignore({ deciding, id, run, step }: Updating, reason: string): void {
  note(deciding, { kind: 'ignores', ...about(id, run), step, reason });
}

function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value).filter(([name]) => !name.startsWith('__proto__')) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
