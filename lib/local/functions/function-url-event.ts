// Requests as a function URL hands them to its function, and what the function answers (payload format 2.0).
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Answer, ServiceRequest } from '../gateway/service.ts';

/** @param now milliseconds of business time. @param urlId what stands for the id of the URL. */
export function functionUrlEvent(request: ServiceRequest, path: string, urlId: string, now: number): string {
  const { method, headers, body, query } = request;
  const isText = /^(?:text\/|application\/(?:json|javascript|xml))/.test(headers['content-type'] ?? '');
  return JSON.stringify({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query.toString(),
    headers,
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: urlId,
      domainName: headers['host'] ?? '',
      domainPrefix: urlId,
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: new Date(now).toISOString(),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: isText ? body.toString() : body.toString('base64') }),
    // Lambda takes forms for binary as well.
    isBase64Encoded: body.length > 0 && !isText,
  });
}

/** Cookies are not here: nothing sets any. */
const answerSchema = z.strictObject({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).default({}),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * The answer of a function, as it goes out.
 * @throws Error where it has parts that are not known here.
 */
export function functionUrlAnswer(payload: string): Answer {
  const value: unknown = JSON.parse(payload);
  const headers = { 'content-type': 'application/json' };
  // Whatever has no status code is taken for a body.
  if (typeof value !== 'object' || value === null || !('statusCode' in value))
    return { status: 200, headers, body: typeof value === 'string' ? value : payload };
  const { statusCode: status, headers: own, body, isBase64Encoded } = answerSchema.parse(value);
  const lowered = Object.fromEntries(Object.entries(own).map(([name, text]) => [name.toLowerCase(), text]));
  return {
    status,
    headers: { ...headers, ...lowered },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
