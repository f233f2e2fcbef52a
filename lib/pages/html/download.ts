/** A file instead of a page: the browser saves it and stays where it is. */
import type { PageAnswer } from '../request.ts';
import { PAGE_HEADERS } from './page.ts';

export interface Download {
  /** Letters, digits, dots and hyphens alone: nothing that a header would have to quote. */
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

/** Kept by no cache and shown by no browser: what is in it was put there by anybody, and is no page of ours. */
export function downloadAnswer({ name, type, body }: Download): PageAnswer {
  const headers = {
    ...PAGE_HEADERS,
    'content-type': `${type}; charset=utf-8`,
    // RFC 6266
    'content-disposition': `attachment; filename="${name}"`,
  };
  return { status: 200, headers, body };
}
