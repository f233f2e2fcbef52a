// What a function writes to its console, as Lambda's Node.js runtime writes it with the log format JSON. Lines of libraries that go to
// stdout by themselves (Powertools) are taken as they are.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
import { format } from 'node:util';
import { errorDetail } from './error-report.ts';

/** `debug` and `trace` are below the level that Lambda writes where nothing else is asked for (INFO). */
const LEVELS = { info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/** Has every line handed to `tell`, without the line break at its end. `requestId`: that of the call in progress. */
export function takeLines(tell: (line: string) => void, requestId: () => string | undefined): void {
  const write = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    tell(text.replace(/\r?\n$/, ''));
    const done = others.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  process.stdout.write = write;
  process.stderr.write = write;
  for (const [method, level] of Object.entries(LEVELS))
    console[method as keyof typeof LEVELS] = (...given: unknown[]) => {
      tell(JSON.stringify(entry(level, given, requestId())));
    };
  console.debug = () => undefined;
  console.trace = () => undefined;
}

function entry(level: string, given: readonly unknown[], requestId: string | undefined): object {
  const about = { timestamp: new Date().toISOString(), level, requestId };
  const [first, ...others] = given;
  if (first instanceof Error && others.length === 0) {
    const { errorType, errorMessage, trace } = errorDetail(first);
    return { ...about, message: { errorType, errorMessage, stackTrace: trace } };
  }
  return { ...about, message: others.length === 0 ? first : format(...given) };
}
