/** Whether something that happened to a customer is what lets into a journey; `where` and re-entry are asked after that. */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { isEqual, isMissing, partOf } from '../conditions/values.ts';
import type { Version } from '../workspace.ts';

export function triggers({ manifest }: Version, { event, properties }: CustomerEvent): boolean {
  const { trigger } = manifest.entry;
  switch (trigger.kind) {
    case 'event':
      return event === trigger.event;
    case 'enters':
      return (
        properties['segment'] === trigger.segment &&
        (properties['existing'] !== true || trigger.existing === 'enter')
      );
    case 'leaves':
      // Whom a new definition has put outside has not left.
      return properties['segment'] === trigger.segment && properties['existing'] !== true;
    case 'trait': {
      const [, name, ...rest] = trigger.trait.split('.');
      if (properties['trait'] !== name) return false;
      const [value, before] = [partOf(properties['value'], rest), partOf(properties['before'], rest)];
      if (isMissing(value) || isEqual(value, before)) return false;
      return trigger.to === undefined || isEqual(value, trigger.to);
    }
    case 'api':
      return properties['journey'] === manifest.journey;
    case 'audience':
    case 'schedule':
    case 'date':
      return false;
  }
}
