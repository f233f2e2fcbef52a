// The configuration sets of the deployment: which e-mails are reported, and what is kept from being sent.
import { ServiceError } from '../../gateway/service-error.ts';
import type {
  ConfigurationSetResource,
  EmailEventType,
  EventDestinationResource,
} from './configuration-set-resource.ts';

export class ConfigurationSets {
  readonly #sets = new Map<string, ConfigurationSetResource>();
  readonly #destinations: EventDestinationResource[] = [];

  add(set: ConfigurationSetResource): void {
    this.#sets.set(set.name, set);
  }

  addDestination(destination: EventDestinationResource): void {
    this.#destinations.push(destination);
  }

  names(): readonly string[] {
    return [...this.#sets.keys()];
  }

  /** Throws NotFoundException. */
  get(name: string): ConfigurationSetResource {
    const found = this.#sets.get(name);
    if (found === undefined)
      throw new ServiceError('NotFoundException', `Configuration set <${name}> does not exist.`, 404);
    return found;
  }

  destinationsOf(name: string): readonly EventDestinationResource[] {
    return this.#destinations.filter(({ configurationSet }) => configurationSet === name);
  }

  /** Whether somebody wants events of this type. E-mails without a configuration set are reported to nobody. */
  reports(name: string | undefined, type: EmailEventType): boolean {
    return (
      name !== undefined &&
      this.destinationsOf(name).some(({ isEnabled, types }) => isEnabled && types.includes(type))
    );
  }
}
