/** Journey switches in memory. */
import type { JourneySwitch, JourneySwitches } from '#lib/engine/ports.ts';

export class MemorySwitches implements JourneySwitches {
  #switches: ReadonlyMap<string, JourneySwitch> = new Map();

  current(): Promise<ReadonlyMap<string, JourneySwitch>> {
    return Promise.resolve(this.#switches);
  }

  /** From now on this overrules the status in the journey's file; `undefined`: the file holds again. */
  set(journey: string, to: JourneySwitch | undefined): void {
    const switches = new Map(this.#switches);
    if (to === undefined) switches.delete(journey);
    else switches.set(journey, to);
    this.#switches = switches;
  }
}
