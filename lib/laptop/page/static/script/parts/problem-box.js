// What went wrong, where it can be seen and is read out.
import { element } from '../elements.js';

export function problemBox(error) {
  return element(
    'p',
    { class: 'problem', role: 'alert' },
    error instanceof Error ? error.message : String(error),
  );
}
