/**
 * Asking for one's data, or for its erasure. The link of this page may have been passed on, so it only takes the request down: a journey
 * answers it with a message to the customer's own address, whose link is good for a day and carries it out (docs/adr/0066).
 */
import { PRIVACY_REQUESTED } from '#lib/journey/vocabulary.ts';
import type { Told } from '../decide.ts';
import { html, type Html } from '../html/html.ts';
import type { LinkedRequest } from '../site.ts';
import type { PageTexts } from '../texts/english.ts';

const REQUESTS: readonly (string | null)[] = ['export', 'erasure'];

/** Whether a journey answers such a request: without one, the page does not promise it. */
export function isAnswered({ site }: Pick<LinkedRequest, 'site'>): boolean {
  return site.engine.workspace.watched.has(PRIVACY_REQUESTED);
}

export function privacyForms({ preferences: say }: PageTexts): Html {
  return html`<h2 id="data">${say.privacy}</h2>
    <p class="soft" id="data-why">${say.privacyWhy}</p>
    <form method="post">
      <p>
        <button class="second" name="request" value="export" aria-describedby="data-why">
          ${say.exportButton}
        </button>
      </p>
      <p>
        <button class="warn" name="request" value="erasure" aria-describedby="data-why">
          ${say.erasureButton}
        </button>
      </p>
    </form>`;
}

export function toldByRequest(asked: Pick<LinkedRequest, 'site'>, request: string | null): readonly Told[] {
  if (!isAnswered(asked) || !REQUESTS.includes(request)) return [];
  return [{ event: PRIVACY_REQUESTED, properties: { request } }];
}
