// Lists in pages, as all operations of Step Functions give them: at most 1,000 on a page, 100 where none is asked for, and a token
// for what comes next. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
import * as z from 'zod';
import { ServiceError } from '../gateway/service-error.ts';

export const pageMembers = {
  /** 0 asks for the default, as there. */
  maxResults: z.number().int().min(0).max(1000).optional(),
  nextToken: z.string().min(1).max(1024).optional(),
};

interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const DEFAULT_PAGE = 100;

export interface Page<T> {
  readonly members: readonly T[];
  /** Not there on the last page. */
  readonly nextToken?: string;
}

/**
 * One page of entries. `keyOf` gives each a number that grows along the list, so that a page goes on behind the last one also where
 * entries have come or gone meanwhile. Throws ServiceError InvalidToken.
 */
export function pageOf<T>(
  entries: Iterable<T>,
  keyOf: (entry: T) => number,
  { maxResults = DEFAULT_PAGE, nextToken }: PageRequest,
): Page<T> {
  const most = maxResults === 0 ? DEFAULT_PAGE : maxResults;
  const after = nextToken === undefined ? Number.NEGATIVE_INFINITY : parseToken(nextToken);
  const members: T[] = [];
  for (const entry of entries) {
    if (keyOf(entry) <= after) continue;
    const last = members.at(-1);
    if (members.length === most && last !== undefined) return { members, nextToken: tokenOf(keyOf(last)) };
    members.push(entry);
  }
  return { members };
}

function tokenOf(key: number): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function parseToken(token: string): number {
  const key = /^after:(?<key>-?\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.groups?.['key'];
  if (key === undefined) throw new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
  return Number(key);
}
