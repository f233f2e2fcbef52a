// Elements from code: every text becomes a text node, so that what customers and applications have written is never read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] attributes; `on` is an object of listeners by event, `class` as in HTML; what is
 *   undefined or false is left out, true is an attribute without a value
 * @param {...(Node | string | number | null | undefined | false | Array<unknown>)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** As `element`, for drawings. */
export function drawing(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(node, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [event, listener] of Object.entries(on)) node.addEventListener(event, listener);
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(node, child);
    else if (child !== undefined && child !== null && child !== false)
      node.append(child instanceof Node ? child : String(child));
  }
}

/**
 * Puts other children in a place. Whoever is in it with the keyboard stays there: an element says by `data-key` which one it is.
 */
export function replace(place, ...children) {
  const { activeElement } = document;
  const key = place.contains(activeElement) ? activeElement?.closest('[data-key]')?.dataset.key : undefined;
  const { scrollTop } = place;
  place.replaceChildren();
  append(place, children);
  place.scrollTop = scrollTop;
  if (key !== undefined)
    place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

let ids = 0;

/** An id that no other element of the page has. */
export function newId(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}
