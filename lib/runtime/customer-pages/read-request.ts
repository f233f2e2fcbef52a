/**
 * A request as a function URL hands it over (payload format 2.0,
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads), read once.
 */
import * as z from 'zod';
import { isByMachine } from '#lib/contracts/provider-events/machine-signs.ts';
import type { PageRequest } from '#lib/pages/request.ts';

const eventSchema = z.object({
  rawPath: z.string(),
  /** Names in lower case. */
  headers: z.record(z.string(), z.string()).default({}),
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
});

/** The longest form has a field for each topic and channel; what is longer than this is no form of ours. */
const MOST_FORM_BYTES = 64 * 1024;

/** Throws ZodError for what no function URL sends: only somebody who may call the function can do that. */
export async function readRequest(event: unknown): Promise<PageRequest> {
  const { rawPath, headers, requestContext, body = '', isBase64Encoded } = eventSchema.parse(event);
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  return {
    method: requestContext.http.method.toUpperCase(),
    path: rawPath,
    form: await formOf(bytes, headers['content-type'] ?? ''),
    languages: headers['accept-language'] ?? '',
    byMachine: isMachine(headers),
  };
}

/** Programs that show a picture of a page beside its address, before anybody follows it. */
const PREVIEWS =
  /facebookexternalhit|whatsapp\/|telegrambot|slackbot|discordbot|linkedinbot|twitterbot|skypeuripreview|preview/i;

/** Browsers say when they fetch in advance (https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Purpose). */
function isMachine(headers: Readonly<Record<string, string>>): boolean {
  const userAgent = headers['user-agent'] ?? '';
  const purpose = `${headers['sec-purpose'] ?? ''} ${headers['purpose'] ?? ''}`;
  return (
    /prefetch|prerender|preview/i.test(purpose) || PREVIEWS.test(userAgent) || isByMachine({ userAgent })
  );
}

/** Both forms that RFC 8058, section 3.2, allows. What does not say what it is, is read as the first of them; what cannot be read is empty. */
async function formOf(bytes: Buffer, type: string): Promise<URLSearchParams> {
  if (bytes.length > MOST_FORM_BYTES) return new URLSearchParams();
  if (!/^multipart\/form-data\b/i.test(type)) return new URLSearchParams(bytes.toString().trim());
  try {
    const fields = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': type },
    }).formData();
    return new URLSearchParams(
      [...fields].flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as [string, string]] : [],
      ),
    );
  } catch {
    return new URLSearchParams();
  }
}
