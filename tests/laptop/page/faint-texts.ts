// Which texts of a page are too faint to read: looked at as the browser shows them, whatever style sheets say.
import type { Page } from 'playwright-core';

/**
 * Texts with less contrast than 4.5 : 1 on what they stand on, each with its ratio; of buttons that cannot be pressed none.
 * https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html
 */
export function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(FAINT_TEXTS);
}

/** For the browser, and so without types: its globals are none of Node's. */
const FAINT_TEXTS = `(() => {
  const parts = (text) => {
    const [red, green, blue, alpha = 1] = (text.match(/[\\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
    return { colour: [red, green, blue], alpha };
  };
  const laid = (over, under) => under.map((value, index) => over.colour[index] * over.alpha + value * (1 - over.alpha));
  const luminance = (colour) => {
    const [red, green, blue] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ancestors = (element) => {
    const found = [];
    for (let one = element; one !== null; one = one.parentElement) found.push(one);
    return found;
  };
  const ground = (element) => {
    // In a drawing a text stands on the rectangle of its group.
    const box = element instanceof SVGElement ? element.closest('g')?.querySelector('rect') : undefined;
    const own = box ? [parts(getComputedStyle(box).fill)] : [];
    const layers = ancestors(element).map((one) => parts(getComputedStyle(one).backgroundColor));
    return [...own, ...layers].reverse().reduce((under, over) => laid(over, under), [255, 255, 255]);
  };
  const isShown = (element) => element instanceof SVGElement || element.offsetParent !== null;
  const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
  const faint = new Set();
  for (const element of document.querySelectorAll('body *')) {
    if (!isShown(element) || !hasText(element) || element.disabled) continue;
    const style = getComputedStyle(element);
    const text = parts(element instanceof SVGElement ? style.fill : style.color);
    const opacity = ancestors(element).reduce((share, one) => share * Number(getComputedStyle(one).opacity), text.alpha);
    const under = ground(element);
    const shades = [luminance(laid({ ...text, alpha: opacity }, under)), luminance(under)];
    const ratio = (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
    if (ratio < 4.5) faint.add(ratio.toFixed(2) + ': ' + element.textContent.trim().slice(0, 40));
  }
  return [...faint];
})()`;
