// A labelled field of a form; what is wrong with it stands below it and is read with it.
import { element, newId } from '../elements.js';

/**
 * @param {{ label: string, control: HTMLElement, hint?: string, name?: string }} options
 * @returns {HTMLElement & { fail: (message?: string) => void }}
 */
export function field({ label, control, hint, name }) {
  const id = newId('field');
  control.id = id;
  const error = element('p', { class: 'field-error', id: `${id}-error`, hidden: true });
  const about = hint === undefined ? undefined : element('p', { class: 'hint', id: `${id}-hint` }, hint);
  const described = [`${id}-error`, about?.id].filter((part) => part !== undefined).join(' ');
  control.setAttribute('aria-describedby', described);
  const whole = element(
    'div',
    { class: 'field', 'data-field': name },
    element('label', { for: id }, label),
    control,
    error,
    about,
  );
  whole.fail = (message) => {
    error.hidden = message === undefined;
    error.textContent = message ?? '';
    if (message === undefined) control.removeAttribute('aria-invalid');
    else control.setAttribute('aria-invalid', 'true');
  };
  return whole;
}

/** @param {[value: string, label: string][]} options */
export function select(options, value = '', properties = {}) {
  return element(
    'select',
    properties,
    ...options.map(([given, label]) => element('option', { value: given, selected: given === value }, label)),
  );
}

/** Shows a problem at the field that it names, or else in the place for the whole form. */
export function showProblem(form, place, error) {
  const at =
    error.field === undefined
      ? undefined
      : [...form.querySelectorAll('[data-field]')].find(
          (one) => one.dataset.field === error.field.split('.')[0],
        );
  for (const one of form.querySelectorAll('[data-field]')) one.fail?.();
  place.replaceChildren();
  if (at === undefined) place.append(element('p', { class: 'problem' }, error.message));
  else {
    at.fail(error.message);
    at.querySelector('input, select, textarea')?.focus();
  }
}
