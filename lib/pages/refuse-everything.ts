import { ANY } from '#lib/contracts/consent-ledger.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { consentChanged } from './choices.ts';
import type { Told } from './decide.ts';

/** No more marketing, whatever its topic and channel; nothing where that has been said before. */
export function refuseEverything({ consent }: CustomerDocument): readonly Told[] {
  return consent[ANY]?.[ANY]?.granted === false ? [] : [consentChanged(ANY, ANY, false)];
}
