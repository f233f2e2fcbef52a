// The pages of the reference, from the schemas that read the files: what a marketer may write, topic by topic.
import { DIAGNOSTICS } from '#lib/compiler/diagnostics/registry.ts';
import { editorSchema } from '#lib/journey/editor-schema.ts';
import { journeySchema } from '#lib/journey/journey.ts';
import { segmentSchema } from '#lib/journey/segment.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { JSON_CONTENT } from '#lib/messages/channel-content.ts';
import { messageFileSchema } from '#lib/messages/message-schema.ts';
import { testFileSchema } from '#lib/simulator/scenarios/test-file.ts';
import { localCloudInventory } from './local-cloud.ts';
import { examplesOf, plain, sectionsOf, type Links, type Schema, type Surroundings } from './schema-text.ts';
import { VARIABLES } from './variables.ts';

export interface Page {
  /** File name under docs/reference. */
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

const CONDITION = '[a condition](conditions.md)';
const LINKS: Links = {
  condition: CONDITION,
  field: '[a field](conditions.md#fields)',
  sameAs: '[another field](conditions.md#fields)',
  step: '[steps](steps.md)',
};
const DURATIONS = [
  'A number and a unit: `"90 minutes"`, `"1 hour"`, `"3 days"`, `"2 weeks"`, `"1 month"`, `"1 year"`; or ISO 8601: `"P1DT2H"`. Always',
  'longer than zero. Hours and less are exact. Days and more are counted on the calendar, in the time zone of the customer: a day after 09:00',
  'is 09:00, also where the clocks change in between. Months are counted from the start and end with the month: one month after 31 January is',
  '28 or 29 February.',
].join('\n');
const MOMENTS = [
  'A time of day is written `"09:00"`, from `"00:00"` to `"23:59"`, and means local time. A day is `"2026-12-24"`. A date and time with its',
  'offset, `"2026-12-24T18:00:00Z"` or `"2026-12-24T19:00:00+01:00"`, is the same moment for everybody; where a field takes one without',
  'an offset, `"2026-12-24T18:00"`, it says in which zone. A local time that the clocks skip is the first moment after the gap; one that they',
  'show twice is the first of the two.',
].join('\n');
const CATALOGUE = [
  'Lists that messages may show items of: `catalog/products.csv`, with a header in which one column is `id`, or `catalog/products.json`, a list',
  'of objects that each have an `id`. A list may have 20,000 items. Messages look an item up when they are sent: a price of today is',
  "today's, and a changed list makes no new version of a journey. `recommend` in the [settings](settings.md) picks items for all messages.",
].join('\n');
const LOCAL_CLOUD = [
  'What `npm start` runs ([the whole system on a laptop](../local.md)). It is there for the system, for those who operate it and for those who write',
  'applications for it. Every other service and operation is answered with status 501 and its name; an option that would be passed over is refused',
  'by name. `curl http://127.0.0.1:4401` tells the same of a local cloud that runs.',
].join('\n');
const ASKED = '*Made by `npm run generate`, which asks a local cloud.*';
const EDITED = '*Made from the schemas by `npm run generate`; edit the descriptions there.*';

const journey = asSchema(editorSchema(journeySchema));
const settings = asSchema(editorSchema(settingsSchema));
const segment = asSchema(editorSchema(segmentSchema));
const tests = asSchema(editorSchema(testFileSchema));

/** All pages, the overview first. */
export async function referencePages(): Promise<readonly Page[]> {
  const pages = [
    journeyPage(),
    page('entry', 'Who enters a journey', 'What stands in `entry` of a journey: one of the forms below.', [
      sectionsOf('`entry`', part(journey, 'entry'), around(journey)),
    ]),
    stepsPage(),
    conditionsPage(),
    deliveryPage(),
    page(
      'settings',
      'Settings',
      'What stands in `settings.json`. What a journey or a message may name is declared here.',
      [sectionsOf('`settings.json`', settings, around(settings))],
    ),
    page(
      'segments',
      'Segments',
      'What stands in `segments/<id>.json`: who belongs to a segment, by a condition or by a list.',
      [sectionsOf('A segment', segment, around(segment))],
    ),
    messagesPage(),
    page(
      'tests',
      'Journey tests',
      'What stands in `tests/<journey>.json`: what must happen to whom. `wend test` plays it in virtual time.',
      [sectionsOf('A test file', tests, around(tests))],
    ),
    diagnosticsPage(),
  ];
  const beside = [await localCloudPage()];
  return [overview(pages, beside), ...pages, ...beside];
}

function journeyPage(): Page {
  const { entry: _entry, delivery: _delivery, steps: _steps, ...own } = journey.properties ?? {};
  const elsewhere = [
    '`entry`: [who enters](entry.md). `steps`: [what happens](steps.md). `delivery`: [how messages go out](delivery.md).',
  ];
  const own1 = { ...journey, properties: own };
  return page('journey', 'A journey', 'What stands in `journeys/<id>.json`. The file name is the id.', [
    elsewhere,
    sectionsOf('`journeys/<id>.json`', own1, around(journey)),
  ]);
}

function stepsPage(): Page {
  const step = journey.$defs?.['step'] ?? {};
  const kinds = (step.anyOf ?? step.oneOf ?? []).map(({ $ref }) => $ref?.replace('#/$defs/', '') ?? '');
  const intro = [
    'What stands in `steps`, in the order in which it happens. Steps inside an arm are followed by the step behind the branch,',
    'unless they end with `exit` or `goto`.',
    '',
    `There are ${kinds.map((kind) => `[\`${kind}\`](#${kind.toLowerCase()})`).join(', ')}.`,
  ].join('\n');
  return page(
    'steps',
    'Steps',
    intro,
    kinds.map((kind) => sectionsOf(kind, { $ref: `#/$defs/${kind}` }, around(journey))),
  );
}

function conditionsPage(): Page {
  const { condition, field } = journey.$defs ?? {};
  const forms = (condition?.anyOf ?? []).filter(({ properties }) => properties !== undefined);
  const compare = (condition?.anyOf ?? []).find(({ properties }) => properties === undefined);
  const operators =
    typeof compare?.additionalProperties === 'object'
      ? compare.additionalProperties.anyOf?.at(-1)
      : undefined;
  const root = around(journey);
  const intro = [
    condition?.description ?? '',
    'A value that is missing makes a comparison false, whatever it asks, and `not` of it true. Each of the forms with a word of its own',
    '(`all`, `did`, `segment`, …) stands in an object of its own; combine them with `all`.',
  ].join('\n');
  return page('conditions', 'Conditions', intro, [
    [examplesOf(condition ?? {})],
    ['## Fields', plain(field?.description ?? ''), examplesOf(field ?? {})],
    [
      '## Comparing a field',
      'A value alone means that the field equals it, a list that it equals one of them. Everything else is an operator; several in one object must all hold.',
      '```jsonc\n{ "profile.country": "DE" }\n{ "profile.country": ["DE", "AT"] }\n{ "profile.age": { "gte": 18, "lt": 65 } }\n{ "event.cart_id": { "same as": "entry.cart_id" } }\n```',
      ...(operators === undefined ? [] : sectionsOf('Operators', operators, root)),
    ],
    ...forms.map((form) => {
      const [word = ''] = form.required ?? [];
      return sectionsOf(word, form, root);
    }),
  ]);
}

function deliveryPage(): Page {
  const intro =
    'What stands in `delivery` of a journey; settings have the same for all journeys. A step may say otherwise for itself.';
  const shared = ['caps', 'quietHours', 'windows', 'closed', 'perSecond'].filter(
    (name) => settings.properties?.[name] !== undefined,
  );
  const inSettings: Schema = {
    type: 'object',
    description: 'For all journeys together, in `settings.json`.',
    properties: Object.fromEntries(shared.map((name) => [name, part(settings, name)])),
  };
  return page('delivery', 'How messages go out', intro, [
    sectionsOf('`delivery`', part(journey, 'delivery'), around(journey)),
    sectionsOf('In settings', inSettings, around(settings)),
  ]);
}

function messagesPage(): Page {
  const about = asSchema(editorSchema(messageFileSchema));
  const intro = [
    'A message is a folder under `messages/`, with `message.json` and one file for each channel: `email.mjml` (or `email.html`),',
    '`email.txt` where the text should not be made from the HTML, `sms.txt`, `push.json`, `whatsapp.json`, `inapp.json`, `webhook.json`.',
    'A language goes in the middle of the name: `email.de.mjml`. `webhook.json` is any JSON object; all its texts are Liquid.',
    '`wend preview <message>` shows what arrives.',
  ].join('\n');
  const variables = VARIABLES.map(({ name, meaning }) => `| \`${name}\` | ${meaning} |`).join('\n');
  return page('messages', 'Messages', intro, [
    sectionsOf('`message.json`', about, around(about)),
    ...Object.entries(JSON_CONTENT)
      .filter(([, { fields }]) => fields.length > 0)
      .map(([channel, { schema }]) => {
        const content = asSchema(editorSchema(schema));
        return sectionsOf(`\`${channel}.json\``, content, around(content));
      }),
    [
      '## Variables',
      'Texts are [Liquid](https://liquidjs.com). A variable or filter that is not known fails the check, not the send; a value that a customer may not have needs a default: `{{ profile.firstName | default: "you" }}`. HTML is escaped unless it is marked with `| raw`.',
      `| Variable | What it is |\n|---|---|\n${variables}`,
    ],
    ['## The catalogue', CATALOGUE],
  ]);
}

function diagnosticsPage(): Page {
  const rows = Object.entries(DIAGNOSTICS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { title, severity }]) => `| [${code}](../diagnostics/${code}.md) | ${severity} | ${title} |`,
    );
  return page(
    'diagnostics',
    'What `wend check` tells',
    'Every code has a page with an example and how to mend it. Errors keep a journey from being compiled, warnings do not.',
    [[`| Code | | |\n|---|---|---|\n${rows.join('\n')}`]],
  );
}

async function localCloudPage(): Promise<Page> {
  const { services, types, inert } = await localCloudInventory();
  const operations = Object.entries(services)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([title, names]) => `| ${title} | ${names.map((name) => `\`${name}\``).join(', ')} |`);
  const passedOver = inert.map(([type, reason]) => `| \`${type}\` | ${reason} |`);
  return page(
    'local-cloud',
    'What the local cloud has',
    LOCAL_CLOUD,
    [
      ['## Services and operations', `| Service | Operations |\n|---|---|\n${operations.join('\n')}`],
      [
        '## Resources of the template',
        `Run as the template says, with each property: ${types.map((type) => `\`${type}\``).join(', ')}, and nested stacks. A type or a property that is not known ends the start and is named. Alarms are shown to whoever asks and never evaluated, and groups of logs keep their newest lines whatever their retention.`,
        'These have no effect here:',
        `| Type | Why nothing is missing |\n|---|---|\n${passedOver.join('\n')}`,
      ],
    ],
    ASKED,
  );
}

function overview(pages: readonly Page[], beside: readonly Page[]): Page {
  const list = linksTo(pages);
  return page(
    'README',
    'Reference',
    'Everything that may stand in a workspace, file by file. To begin with, read [your first journey](../first-journey.md).',
    [
      [list],
      ['## Durations', DURATIONS],
      ['## Moments and days', MOMENTS],
      ['## Beside the workspace', linksTo(beside)],
    ],
  );
}

function linksTo(pages: readonly Page[]): string {
  return pages.map(({ name, title }) => `- [${title}](${name})`).join('\n');
}

function page(
  name: string,
  title: string,
  intro: string,
  sections: readonly (readonly string[])[],
  made = EDITED,
): Page {
  const text = [`# ${title}`, intro, ...sections.flat(), made].filter((one) => one !== '').join('\n\n');
  return { name: `${name}.md`, title, text: `${text}\n` };
}

function part(schema: Schema, name: string): Schema {
  return schema.properties?.[name] ?? {};
}

function around(root: Schema): Surroundings {
  return { root, links: LINKS, explained: new Set() };
}

/** What zod makes is a JSON Schema; only the parts that are written about are looked at. */
function asSchema(schema: Readonly<Record<string, unknown>>): Schema {
  return schema;
}
