// The few signs of the page, as strokes on a grid of 24. They say nothing that a text beside them does not say.
import { drawing } from './elements.js';

const PATHS = {
  journeys: 'M5 5h5v5H5zM14 14h5v5h-5zM7.5 10v3a3.5 3.5 0 0 0 3.5 3.5h3',
  outbox: 'M4 6h16v12H4zM4 7l8 6 8-6',
  customers: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-4 3.2-6 7-6s6.400 2 7 6',
  send: 'M4 12l16-8-6 16-3-6.500z',
  operations: 'M4 19V9M9.500 19V5M15 19v-7M20 19V8',
  pause: 'M8 5v14M16 5v14',
  play: 'M8 5l11 7-11 7z',
  next: 'M5 5l9 7-9 7zM18 5v14',
  email: 'M4 6h16v12H4zM4 7l8 6 8-6',
  sms: 'M4 5h16v11H10l-5 4v-4H4z',
  whatsapp: 'M12 4a8 8 0 0 0-7 11.900L4 20l4.200-1A8 8 0 1 0 12 4zM9 9c0 3.500 2.500 6 6 6',
  push: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 20.500h4',
  inapp: 'M7 3h10v18H7zM10.500 18h3',
  webhook: 'M8 6l-5 6 5 6M16 6l5 6-5 6',
  back: 'M14 5l-7 7 7 7',
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  return drawing(
    'svg',
    { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    drawing('path', { d: PATHS[name] }),
  );
}
