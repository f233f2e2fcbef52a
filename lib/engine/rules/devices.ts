/** Devices that a customer owns: remembered so that what everybody knows already is not told with every event. */
import { MOST_DEVICES } from '../budgets.ts';
import type { CustomerDocument } from '../document.ts';
import type { Input } from '../input.ts';

type Devices = Extract<Input, { kind: 'devices' }>;

/** The document says so already; one of nobody, which is not stored, says nothing. */
export function hasDevices({ revision, devices = [] }: CustomerDocument, change: Devices): boolean {
  if (revision === 0) return true;
  return change.devices.every((device) => devices.includes(device) === (change.change === 'owns'));
}

/** The latest stand last; beyond the budget the one that was told first is forgotten. */
export function changeDevices(document: CustomerDocument, { change, devices }: Devices): void {
  const others = (document.devices ?? []).filter((device) => !devices.includes(device));
  const now = change === 'owns' ? [...others, ...devices] : others;
  if (now.length === 0) delete document.devices;
  else document.devices = now.slice(-MOST_DEVICES);
}
