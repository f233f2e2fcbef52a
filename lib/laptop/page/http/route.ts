// How the parts of the API say what they answer: a method, a path, what comes in and what goes out, each with its schema.
import * as z from 'zod';
import { PageProblem } from './page-problem.ts';

export interface RouteCall {
  /** Labels of the path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** JSON of the body; undefined for reads. */
  readonly body: unknown;
}

/** What is answered with status 200: JSON, or a message as it looks. */
type RouteAnswer = { readonly json: unknown } | { readonly message: string };

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly pattern: RegExp;
  /** Throws PageProblem. */
  answer(call: RouteCall): Promise<RouteAnswer>;
}

interface RouteOptions<Input extends z.ZodObject, Output extends z.ZodType> {
  /** Of a read the query, of a write the body. */
  readonly input: Input;
  readonly output: Output;
}

type Run<Input, Output> = (
  input: Input,
  labels: Readonly<Record<string, string>>,
) => Output | Promise<Output>;

/** `path`: `/api/journeys/{journey}`. */
export function read<Input extends z.ZodObject, Output extends z.ZodType>(
  path: string,
  { input, output }: RouteOptions<Input, Output>,
  run: Run<z.output<Input>, z.input<Output>>,
): Route {
  return {
    method: 'GET',
    pattern: pathPattern(path),
    answer: async ({ query, labels }) => ({
      json: output.parse(await run(parsed(input, query), labels)),
    }),
  };
}

/** As `read`, for what changes something. */
export function write<Input extends z.ZodObject, Output extends z.ZodType>(
  path: string,
  { input, output }: RouteOptions<Input, Output>,
  run: Run<z.output<Input>, z.input<Output>>,
): Route {
  return {
    method: 'POST',
    pattern: pathPattern(path),
    answer: async ({ body, labels }) => ({ json: output.parse(await run(parsed(input, body), labels)) }),
  };
}

/** The HTML of a message, for a frame. */
export function readMessageHtml(path: string, run: (labels: RouteCall['labels']) => string): Route {
  return {
    method: 'GET',
    pattern: pathPattern(path),
    answer: async ({ labels }) => ({ message: run(labels) }),
  };
}

function parsed<Input extends z.ZodObject>(schema: Input, input: unknown): z.output<Input> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  const message = issue?.message ?? 'cannot be read';
  throw new PageProblem(
    400,
    field === '' ? message : `${field}: ${message}`,
    field === '' ? undefined : field,
  );
}

function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
}
