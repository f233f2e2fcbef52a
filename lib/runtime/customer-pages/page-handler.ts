/** The handler of the function behind the pages: a request of a function URL in, its page out, a line of the log. */
import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { LOG_EVENTS } from '#lib/contracts/log-events.ts';
import { answerRequest } from '#lib/pages/answer-request.ts';
import type { PageAnswer } from '#lib/pages/request.ts';
import type { Site } from '#lib/pages/site.ts';
import { reported } from '../reported-error.ts';
import { whatFailed } from '../what-failed.ts';
import { carriedBody } from './carried-body.ts';
import { readRequest } from './read-request.ts';

/** As a function URL takes it; without cookies, which the pages do not have. */
export interface FunctionUrlAnswer {
  readonly statusCode: number;
  readonly headers: PageAnswer['headers'];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

export function pageHandler(site: Site, logger: Logger) {
  return async (event: unknown, context: Context): Promise<FunctionUrlAnswer> => {
    logger.addContext(context);
    const began = performance.now();
    try {
      const request = await readRequest(event);
      const { answer, failure } = await answerRequest(site, request);
      const { status } = answer;
      // Of the path only the page: the rest is the token, and whoever has it can do what it says.
      const [page = ''] = /(?<=\/)[a-z]+(?=\/)/.exec(request.path) ?? [];
      const told = { page, method: request.method, status, millis: Math.round(performance.now() - began) };
      if (failure === undefined) logger.info(LOG_EVENTS.pageAnswered, told);
      else logger.error(LOG_EVENTS.pageFailed, { ...told, ...whatFailed(failure) });
      const { body, isBase64Encoded, headers } = carriedBody(request.method === 'HEAD' ? '' : answer.body);
      return { statusCode: status, headers: { ...answer.headers, ...headers }, body, isBase64Encoded };
    } catch (error) {
      logger.error(LOG_EVENTS.pageFailed, { ...whatFailed(error) });
      throw reported(error);
    }
  };
}
