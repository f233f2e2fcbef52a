// The database behind the front: DynamoDB's JSON protocol without HTTP around it.

export interface EmbeddedAnswer {
  readonly status: number;
  /** JSON text. */
  readonly body: string;
}

export interface Embedded {
  /** @param input JSON text, or what becomes it. */
  call(operation: string, input: string | object): Promise<EmbeddedAnswer>;
}

/** The answer to a request of the front itself, which cannot be refused. @throws what was refused after all: a fault of ours. */
export async function succeed(embedded: Embedded, operation: string, input: object): Promise<unknown> {
  const { status, body } = await embedded.call(operation, input);
  if (status !== 200) throw new Error(`${operation} of the local tables was refused: ${body}`);
  return JSON.parse(body) as unknown;
}
