/**
 * What customer documents have in common, given to the compression beforehand: names of fields, beginnings of instants, the usual
 * words. Zlib finds repetitions in the 32 KB before a place, so a document of a few KB shrinks by another quarter.
 *
 * Part of the format 1: a byte that changes here makes every stored document unreadable. Another dictionary is another format
 * (packing.ts). What is used most stands last, where it is cheapest to refer to.
 */
const EXAMPLE_RUN =
  '"waiting":{"step":"","visit":1,"attempt":0,"since":"2026-01-01T00:00:00.000Z","until":"2026-01-02T00:00:00.000Z","loop":{"visit":1,"round":0,"jumps":{}},"token":"AQCYAAAAKgAAAAMAAAAA"},' +
  '"won":{"step":"","visit":1,"attempt":0,"arm":0,"event":"","plan":{"route":{},"until":null,"from":"2026-01-01T00:00:00.000Z"},"loop":{"visit":1,"round":0,"jumps":{}}},' +
  '"memory":{"":{"0":[{"at":"2026-01-01T00:00:00.000Z","id":""}]}},"saved":{},"rest":{"as":"parked","until":"2027-01-01"},' +
  '"deferred":{"step":"","visit":1,"reached":"2026-01-01T00:00:00.000Z","until":"2026-01-01T00:00:00.000Z","slot":"email"},' +
  '"folded":{"step":"","reached":"2026-01-01T00:00:00.000Z","reason":"quiet hours"},"ahead":{"step":"","visit":1,"at":"2026-01-01T00:00:00.000Z"},' +
  '"over":{"as":"exited","reason":"goal","at":"2026-01-01T00:00:00.000Z"},"converted":true,"phase":"stopping","phase":"waking","phase":"starting",' +
  '"runs":{"":{"journey":"","version":"","key":"","leg":1,"phase":"running","phaseAt":"2026-01-01T00:00:00.000Z","entered":"2026-01-01T00:00:00.000Z","event":{},' +
  '"first":{"route":{},"until":null,"from":"2026-01-01T00:00:00.000Z"},"since":"2026-01-01T00:00:00.000Z","events":7,' +
  '"last":{"step":"","visit":1,"plan":{"route":{},"until":"2026-01-01T00:00:00.000Z","from":"2026-01-01T00:00:00.000Z"}},"behind":{"":1}}},';

const EXAMPLE_LOG =
  '{"at":"2026-01-01T00:00:00.000Z","kind":"joins","segment":""},{"at":"2026-01-01T00:00:00.000Z","kind":"ignores","reason":"duplicate","event":""},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"defers","journey":"","version":"","run":"","step":"","reason":"quiet hours","until":"2026-01-01T00:00:00.000Z"},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"skips","journey":"","version":"","run":"","step":"","reason":"no consent","message":"","channel":"email"},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"takes","journey":"","version":"","run":"","step":"","branch":"otherwise","because":"profile."},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"exits","journey":"","version":"","run":"","reason":"goal"},{"kind":"converts","kind":"completes",' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"enters","journey":"","version":"","run":"","event":""},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"sends","journey":"","version":"","run":"","step":"","message":"","channel":"email","outcome":"accepted"},' +
  '{"at":"2026-01-01T00:00:00.000Z","kind":"waits","journey":"","version":"","run":"","step":"","until":"2026-01-01T00:00:00.000Z"}';

const EXAMPLE_DOCUMENT =
  '{"customer":"","schema":2,"revision":1,"decided":"2026-01-01T00:00:00.000Z","created":"2026-01-01T00:00:00.000Z","external":{"user":""},' +
  '"traits":{"firstName":{"value":"","at":"2026-01-01T00:00:00.000Z"},"lastName":{"value":"","at":"2026-01-01T00:00:00.000Z"},' +
  '"email":{"value":"@example.com","at":"2026-01-01T00:00:00.000Z"},"phone":{"value":"+","at":"2026-01-01T00:00:00.000Z"},' +
  '"pushTokens":{"value":[{"token":"","platform":""}],"at":"2026-01-01T00:00:00.000Z"},"address":{"value":{"city":"","country":""},"at":"2026-01-01T00:00:00.000Z"},' +
  '"timezone":{"value":"Europe/","at":"2026-01-01T00:00:00.000Z"},"timezone":{"value":"America/","locale":{"value":"en-","at":"2026-01-01T00:00:00.000Z"}},' +
  '"consent":{"":{"email":{"granted":true,"at":"2026-01-01T00:00:00.000Z"},"sms":{"granted":true,"at":"2026-01-01T00:00:00.000Z"},' +
  '"push":{"granted":true,"at":"2026-01-01T00:00:00.000Z"},"whatsapp":{"granted":true,"at":"2026-01-01T00:00:00.000Z"},' +
  '"inapp":{"granted":true,"at":"2026-01-01T00:00:00.000Z"},"webhook":{"granted":false,"at":"2026-01-01T00:00:00.000Z","source":""}}},' +
  '"suppressed":{"email":{"reason":"bounced","at":"2026-01-01T00:00:00.000Z","to":""}},';

const EXAMPLE_REST =
  '"watched":{"":{"journey":"","version":"","entered":"2026-01-01T00:00:00.000Z","until":"2026-01-01T00:00:00.000Z","event":{}}},"segments":{"":"2026-01-01T00:00:00.000Z"},' +
  '"aggregates":{"":{"count":1,"sum":1000000,"known":"2026-01-01T00:00:00.000Z","latest":["2026-01-01T00:00:00.000Z","2026-01-01T00:00:00.000Z"],"values":[]}},' +
  '"entries":{"":{"":{"count":1,"last":"2026-01-01T00:00:00.000Z"}}},"heldOut":{},"splits":{},' +
  '"sends":[{"key":"//1","journey":"","step":"","message":"@","channel":"sms","topic":"","class":"transactional","state":"claimed"},' +
  '{"key":"//1","journey":"","step":"","message":"@","channel":"email","to":"","topic":"","class":"marketing","at":"2026-01-01T00:00:00.000Z","attempt":0,"state":"accepted",' +
  '"reports":{"delivered":"2026-01-01T00:00:00.000Z","opened":"2026-01-01T00:00:00.000Z","clicked":"2026-01-01T00:00:00.000Z"}}],"sentForLife":{},' +
  '"tallies":{"":{"entered":1,"completed":1,"exited":{},"failed":0,"heldOut":0,"converted":0}},"recent":[""],"log":[],"marks":"","met":{"":{"at":"2026-01-01T00:00:00.000Z","last":""}},' +
  '"reactions":{"email":{"sent":1,"reacted":0}},"emitted":[{"id":"","at":"","event":"","properties":{}}],"setOff":{"hour":"2026-01-01T00","count":1},' +
  '"due":"2026-01-01T00:00:00.000Z","look":"2026-01-01T00:00:00.000Z"}';

export const PACKING_DICTIONARY_1 = EXAMPLE_LOG + EXAMPLE_RUN + EXAMPLE_DOCUMENT + EXAMPLE_REST;
