// The day that a fresh local cloud is told, out of a file. A file in which there is none is said before anything runs: a cloud that begins
// with nobody looks broken.
import { heardEvents } from '#lib/journey/watched-events.ts';
import type { DeployedWorkspace } from '#lib/journey/deployed-workspace.ts';
import { StreamProblem } from '#lib/simulator/stream-problem.ts';
import { readCalls, refusedInWords } from './read-calls.ts';
import { busiestDay, type StreamDay } from './stream-day.ts';

/**
 * @param path a stream that is not empty, plain or gzip, one call a line.
 * @param end when the day ends, in milliseconds since 1970.
 * @param onNotice is told which lines are left out.
 * @throws StreamProblem where the file cannot be read, or nothing in it can be told.
 */
export async function readDay(
  path: string,
  workspace: DeployedWorkspace,
  end: number,
  onNotice: (message: string) => void,
): Promise<StreamDay> {
  const { audiences } = heardEvents(workspace);
  const { calls, lines, refused } = await readCalls(path, audiences);
  if (calls.length === 0)
    throw new StreamProblem(
      `no line of ${path} is an event: ${refusedInWords({ refused })}; docs/events.md says what one looks like`,
      'content',
    );
  const day = busiestDay(calls, end);
  if (day.day.length === 0)
    throw new StreamProblem(
      `${path} has nothing to tell: its events have no time, or are about messages that somebody else has sent`,
      'content',
    );
  const out = lines - calls.length;
  if (out > 0)
    onNotice(
      `${path}: ${out} of ${lines} lines ${out === 1 ? 'is' : 'are'} left out: ${refusedInWords({ refused })}.`,
    );
  return day;
}
