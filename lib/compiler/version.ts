/**
 * A version is named by its content: the same journey always compiles to the same version, and a version never changes
 * (promise P7). Key order does not count, names and values do.
 */
import { hashHex } from '#lib/contracts/hash.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { UnnamedMachine } from './assemble.ts';

/** A manifest that has no version yet. */
export type UnnamedManifest = Omit<Manifest, 'version'>;

/** Twelve hex digits: among a million versions of one journey two meet with a chance of about one in 500. */
const VERSION_LENGTH = 12;

/** What a version consists of, before it has its name. */
interface VersionContent {
  readonly machine: UnnamedMachine;
  readonly resume: UnnamedMachine | undefined;
  readonly manifest: UnnamedManifest;
}

/** First 12 hex digits of SHA-256 over the canonical JSON of machines and manifest without their version fields. */
export function versionOf({ machine, resume, manifest }: VersionContent): string {
  return hashHex(canonicalJson({ machine, resume, manifest }), VERSION_LENGTH);
}

/** JSON with sorted keys and no spaces; keys whose value is undefined are left out, as in JSON.stringify. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
