// The secret of a deployment, drawn from a seeded source.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { VirtualClock } from '#lib/local/clock.ts';
import { parseSecretResource } from '#lib/local/secrets/secret-resource.ts';
import { createSecrets, type Secrets } from '#lib/local/secrets/secrets.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { MemoryJournal, PLACE, START } from '../queues/local-queues.ts';

export interface LocalSecrets {
  readonly secrets: Secrets;
  readonly journal: MemoryJournal;
  /** As the stack of Wend asks for it. @returns its ARN. */
  add(): string;
}

export function localSecrets(seed = 1): LocalSecrets {
  const journal = new MemoryJournal();
  const random = xoroshiro128plus(seed);
  let ids = 0;
  const secrets = createSecrets({
    time: { business: new VirtualClock(START), infrastructure: SYSTEM_TIMERS, hold: () => () => undefined },
    journal,
    place: PLACE,
    random: () => uniformFloat64(random),
    uniqueId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
  });
  const properties = {
    Name: 'wend-test-customer-ids',
    GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 64 },
  };
  return { secrets, journal, add: () => secrets.add(parseSecretResource('Secret', properties)) };
}
