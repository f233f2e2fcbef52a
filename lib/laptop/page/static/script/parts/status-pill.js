// What a journey's state is, where it is not simply live.
import { element } from '../elements.js';

export function statusPill(status, isSwitched = false) {
  return element('span', { class: `pill pill-${status}` }, isSwitched ? `${status} by a switch` : status);
}
