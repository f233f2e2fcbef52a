// `npm run costs`: writes docs/costs.md, what it costs and how much it carries. With --check it only says whether the committed page
// is what comes out today.
import { join, resolve } from 'node:path';
import { compileManifest } from '#lib/compiler/compile.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { readWorkspaceFolder } from '#lib/repository/workspace-folder.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { alarmCosts, restingCosts } from './costs/at-rest.ts';
import { countPlay } from './costs/counted-play.ts';
import { countTick } from './costs/counted-tick.ts';
import { costPage } from './costs/page.ts';
import { synthesisedTemplates } from './costs/templates.ts';
import { writeOrCheck } from './generated-files.ts';

const ROOT = resolve(import.meta.dirname, '..');
const STREAM = 'workspace/events/sample.jsonl.gz';

const folder = await readWorkspaceFolder(join(ROOT, 'workspace'));
const { settings, segments, messages, catalog } = folder;
if (settings === undefined) throw new Error('the workspace has errors: run wend check');
const journeys = folder.journeys
  .filter(({ status }) => status !== 'draft')
  .map(({ manifest }) => compileManifest(manifest));
const played = {
  events: join(ROOT, STREAM),
  journeys,
  // As deployed functions explain.
  settings: engineSettings(settings, 'decisions'),
  segments,
  renderer: rendererOf({ messages, settings, catalog }),
};
const counts = await countPlay(played);
const workspace = createWorkspace({
  manifests: journeys.map(({ manifest }) => manifest),
  newest: Object.fromEntries(journeys.map(({ journey, version }) => [journey, version])),
  settings: played.settings,
  segments,
});
const noon = parseInstant('2026-01-01T12:00:00Z');
if (noon === undefined) throw new Error('no instant');
const tick = await countTick(workspace, noon);
const templates = await synthesisedTemplates();
writeOrCheck(
  'docs',
  [
    {
      name: 'costs.md',
      text: costPage({
        stream: STREAM,
        counts,
        resting: restingCosts(templates, tick),
        alarms: alarmCosts(templates),
      }),
    },
  ],
  'scripts/costs.ts',
);
