/**
 * Delivery as bad as AWS allows, by a seed. Each kind of mishap has random numbers of its own, so that one kind happens at the same
 * turns whatever becomes of the others; which turn is whose depends on real time, and no run is quite the same as another.
 */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Chaos, Mishap } from './chaos.ts';
import { ServiceError } from './gateway/service-error.ts';

/**
 * How many in a thousand times something happens: often enough that a day of a few thousand events meets all of it, also in one case after
 * the other, and seldom enough that almost everything comes to its end within the attempts that are made: five for a message of a queue,
 * of which each has then more than nine chances in ten.
 */
const PER_MILLE: Readonly<Record<Mishap, number>> = {
  'message comes twice': 50,
  'message comes late': 50,
  // Costs nothing but calls.
  'batch is split': 250,
  'stream record comes twice': 50,
  'function is throttled': 20,
  'function dies after its work': 20,
  // A client tries three times in one call, and a call makes dozens of requests.
  'table is throttled': 20,
  'start of an execution is throttled': 50,
  'provider is throttled': 20,
  'provider does not answer': 10,
};

export function createChaos(seed: number): Chaos {
  const generators = new Map<string, ReturnType<typeof xoroshiro128plus>>();
  const generator = (kind: Mishap | 'millis') => {
    const found = generators.get(kind);
    if (found !== undefined) return found;
    const kinds = [...Object.keys(PER_MILLE), 'millis'];
    const own = xoroshiro128plus((Math.imul(seed, 31) + kinds.indexOf(kind)) | 0);
    generators.set(kind, own);
    // Neighbouring seeds begin alike.
    for (let skipped = 0; skipped < 16; skipped += 1) uniformInt(own, 0, 999);
    return own;
  };
  return {
    happens: (mishap) => uniformInt(generator(mishap), 0, 999) < PER_MILLE[mishap],
    millis: (most) => (most < 1 ? 0 : uniformInt(generator('millis'), 0, Math.ceil(most) - 1)),
  };
}

/** Operations of a table's data; those of its settings are asked once. */
const TABLE_DATA =
  /^(?:Get|Put|Update|Delete)Item$|^(?:Query|Scan)$|^(?:BatchGet|BatchWrite|TransactGet|TransactWrite)Items?$/;

/** Services that have no room now, in their own words: for GatewayOptions.intercept. */
export function throttledRequests(
  chaos: Chaos,
): (service: string, operation: string) => ServiceError | undefined {
  return (service, operation) => {
    if (service === 'dynamodb' && TABLE_DATA.test(operation) && chaos.happens('table is throttled'))
      return new ServiceError(
        'ProvisionedThroughputExceededException',
        'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
      );
    if (
      service === 'states' &&
      operation === 'StartExecution' &&
      chaos.happens('start of an execution is throttled')
    )
      return new ServiceError('ThrottlingException', 'Rate exceeded');
    return undefined;
  };
}
