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
    'СТОП',
    'ΣΤΟΠ',
    'Στοπ',
    'Відписатися',
  ])('in other languages: "%s"', (text) => expect(keywordIn(text)).toBe('stop'));
  it.each([
    'Stop promotions',
    'unsubscribe please',
    'Please stop!',
    'Stop, thank you.',
    'STOP\n\n-- \nAda Lovelace\nAnalyst',
    '\nStop.\r\nSent from my phone',
  ])('with a courtesy, a button or a signature: %j', (text) => expect(keywordIn(text)).toBe('stop'));
  it('comes back by the word alone', () => expect(keywordIn('START\nwhen?')).toBeUndefined());
  it.each(['START', 'unstop', 'Alta'])('"%s" comes back', (text) => expect(keywordIn(text)).toBe('start'));
  it.each(['HELP', 'Please stop sending me these', 'non-stop', 'I cannot stop', 'yes', '', '!!!', '7'])(
    '"%s" is a reply like any other',
    (text) => expect(keywordIn(text)).toBeUndefined(),
  );
});
