import { html, type Html } from '../html/html.ts';
import type { PageTexts } from '../texts/english.ts';

/** A button by which all marketing ends. */
export function everythingForm({ unsubscribe: say }: Pick<PageTexts, 'unsubscribe'>): Html {
  return html`<form method="post">
    <p class="soft" id="everything">${say.everythingWhy}</p>
    <button class="second" name="scope" value="everything" aria-describedby="everything">
      ${say.everything}
    </button>
  </form>`;
}
