/** The body of an HTTP answer, read only so far: whoever answers decides how long it is, and the function has little memory. */

/** The text; undefined where it is longer, and the rest is not asked for. */
export async function readBounded(response: Response, mostBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the stream.
  for await (const part of response.body) {
    bytes += part.length;
    if (bytes > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
