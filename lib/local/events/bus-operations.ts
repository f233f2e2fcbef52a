// Operations on buses. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html and its neighbours.
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { DEFAULT_BUS, type Bus, type BusRegistry } from './bus-registry.ts';
import { page, pagingSchema } from './paging.ts';
import { refuseOptions } from '../gateway/refused-options.ts';

/** Slashes are for partners of AWS. */
const busNameSchema = z.string().regex(/^[\w.-]{1,256}$/, 'has letters, digits, ., - and _');

/** Those that change something, by name. `now`: of the business. */
export function busChanges(
  registry: BusRegistry,
  now: () => number,
): Readonly<Record<string, JsonOperation>> {
  return {
    CreateEventBus: (input) => {
      refuseOptions(input, ['EventSourceName', 'KmsKeyIdentifier', 'DeadLetterConfig', 'LogConfig', 'Tags']);
      const schema = z.strictObject({ Name: busNameSchema, Description: z.string().max(512).optional() });
      const { Name, Description } = parseInput(schema, input);
      if (registry.find(Name) !== undefined)
        throw new ServiceError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
      return { EventBusArn: registry.addBus(Name, Description, now()).arn, Description };
    },
    DeleteEventBus: (input) => {
      const { Name } = parseInput(z.strictObject({ Name: z.string() }), input);
      if (Name === DEFAULT_BUS)
        throw new ServiceError('ValidationException', `Cannot delete event bus ${DEFAULT_BUS}.`);
      const bus = registry.find(Name);
      if (bus === undefined) return;
      if (bus.rules.size > 0)
        throw new ServiceError('ValidationException', "Event bus can't be deleted since it has rules.");
      registry.removeBus(bus.name);
    },
  };
}

/** Those that only tell, by name. */
export function busQueries(registry: BusRegistry): Readonly<Record<string, JsonOperation>> {
  return {
    DescribeEventBus: (input) => {
      const { Name } = parseInput(z.strictObject({ Name: z.string().optional() }), input);
      return told(registry.bus(Name));
    },
    ListEventBuses: (input) => {
      const schema = z.strictObject({ NamePrefix: z.string().optional(), ...pagingSchema });
      const { NamePrefix = '', ...paging } = parseInput(schema, input);
      const { items, more } = page(
        registry.all().filter(({ name }) => name.startsWith(NamePrefix)),
        paging,
      );
      return { EventBuses: items.map(told), ...more };
    },
  };
}

function told({ name, arn, description, createdAt }: Bus) {
  const seconds = Math.floor(createdAt / 1000);
  return { Name: name, Arn: arn, Description: description, CreationTime: seconds, LastModifiedTime: seconds };
}
