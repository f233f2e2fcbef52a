// Lists that are handed out in parts.
import * as z from 'zod';
import { ServiceError } from '../gateway/service-error.ts';

/** Members of each operation that lists. */
export const pagingSchema = {
  NextToken: z.string().optional(),
  Limit: z.int().min(1).max(100).optional(),
};

interface Paging {
  readonly NextToken?: string | undefined;
  readonly Limit?: number | undefined;
}

/** As many as AWS hands out at a time. */
const PAGE = 100;

/**
 * One part, and the token of the next where there is more.
 * @param refusal what the service calls a token that is none of ours.
 * @throws ServiceError for such a token.
 */
export function page<Item>(
  items: readonly Item[],
  { NextToken: token, Limit: limit = PAGE }: Paging,
  refusal = 'ValidationException',
): { readonly items: readonly Item[]; readonly more: { readonly NextToken?: string } } {
  const text = token === undefined ? '0' : Buffer.from(token, 'base64').toString();
  if (!/^\d{1,9}$/.test(text)) throw new ServiceError(refusal, 'NextToken is not valid.');
  const from = Number(text);
  const to = from + limit;
  const more = to < items.length ? { NextToken: Buffer.from(String(to)).toString('base64') } : {};
  return { items: items.slice(from, to), more };
}
