import { describe, expect, it } from 'vitest';
import { keywordIn } from '#lib/contracts/replies/opt-out-words.ts';

describe('one word alone', () => {
  it.each(['STOP', ' stop ', 'Stop.', 'stop!!', '"Stop"', 'Stop all', 'UNSUBSCRIBE', 'opt-out', 'Revoke'])(
    '"%s" withdraws',
    (text) => expect(keywordIn(text)).toBe('stop'),
  );
  it.each([
    'STOPP',
    'Abmelden',
    'Arrêt',
    'arret',
    'Se désabonner'.slice(3),
    'BAJA',
    'No más',
    'SAIR',
    'İPTAL',
    '退订',
  ])('in other languages: "%s"', (text) => expect(keywordIn(text)).toBe('stop'));
  it.each(['START', 'unstop', 'Alta'])('"%s" comes back', (text) => expect(keywordIn(text)).toBe('start'));
  it.each(['HELP', 'Please stop sending me these', 'non-stop', 'I cannot stop', 'yes', '', '!!!', '7'])(
    '"%s" is a reply like any other',
    (text) => expect(keywordIn(text)).toBeUndefined(),
  );
});
