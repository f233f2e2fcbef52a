// What `npx cdk` runs: one stack for each environment of environments.json, or for the only one that the context `wend:environment`
// names (`npm start` has no use for the others).
import { App, Stack } from 'aws-cdk-lib';
import process from 'node:process';
import { deploymentName } from '#lib/contracts/deployment-names.ts';
import { readSources } from '#lib/infra/read-sources.ts';
import { readEnvironments } from '#lib/infra/environments.ts';
import { explainProblem } from '#lib/infra/explain-problem.ts';
import { Wend } from '#lib/infra/wend.ts';

try {
  const environments = readEnvironments('environments.json');
  const sources = await readSources({ workspace: 'workspace', versions: 'state-machines' });
  const app = new App();
  const only: unknown = app.node.tryGetContext('wend:environment');
  for (const environment of environments) {
    if (only !== undefined && environment.name !== only) continue;
    const { name, account, region, disposable } = environment;
    const stack = new Stack(app, deploymentName(name), {
      description: 'Customer journeys as code (wend)',
      terminationProtection: !disposable,
      env: { ...(account !== undefined && { account }), ...(region !== undefined && { region }) },
    });
    new Wend(stack, 'Wend', { environment, sources });
  }
} catch (error) {
  process.stderr.write(explainProblem(error));
  process.exitCode = 1;
}
