// Another name stands there: of a message, a channel, a topic, a way to enter again, a reason.
import { fieldOf, type Change, type MutantSurroundings, type Operator } from '../mutant.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';

const REENTRY = ['never', 'after exit', 'always'];

export const otherNames: Operator = (value, path, around) => {
  const field = fieldOf(path);
  if (isObject(value) && value['type'] === 'send') return otherMessage(value, path, around);
  if (typeof value !== 'string') {
    const isOrder = field === 'channel' && Array.isArray(value) && value.length > 1;
    return isOrder ? replace(path, value.toReversed(), 'another order of channels', FIRST_CHANNEL) : [];
  }
  switch (field) {
    case 'topic':
      return around.topics
        .filter((topic) => topic !== value)
        .slice(0, 1)
        .flatMap((topic) =>
          replace(path, topic, `"topic": ${value} becomes ${topic}`, `consent to ${value} alone`),
        );
    case 'reentry':
    case 'mode':
      return REENTRY.filter((mode) => REENTRY.includes(value) && mode !== value).flatMap((mode) =>
        replace(
          path,
          mode,
          `"${field}": ${value} becomes ${mode}`,
          'a second entry, inside and after the end',
        ),
      );
    case 'reason':
      return replace(
        path,
        `${value} changed`,
        `another "reason" than "${value}"`,
        'the exit with its reason',
      );
    default:
      return [];
  }
};

const FIRST_CHANNEL = 'a customer who can be reached on several of the channels';

/** Another message on the same channel, and the same message on another channel. */
function otherMessage(
  step: Readonly<Record<string, unknown>>,
  path: Change['path'],
  { messages }: MutantSurroundings,
): Change[] {
  const { message, channel } = step;
  const wanted = [channel].flat();
  const others = [...messages].filter(
    ([id, channels]) => id !== message && wanted.every((one) => channels.includes(String(one))),
  );
  const [other] = others;
  const changes: Change[] = [];
  if (other !== undefined)
    changes.push(
      ...replace(
        [...path, 'message'],
        other[0],
        `sends "${other[0]}" and not "${String(message)}"`,
        'the message that is sent',
      ),
    );
  const own = messages.get(String(message)) ?? [];
  const free = own.find((each) => !wanted.includes(each));
  if (typeof channel === 'string' && free !== undefined)
    changes.push(
      ...replace(
        [...path, 'channel'],
        free,
        `by ${free} and not by ${channel}`,
        'the channel of the message',
      ),
    );
  return changes;
}

function replace(path: Change['path'], value: unknown, what: string, advice: string): Change[] {
  return [{ path, value, what, advice }];
}
