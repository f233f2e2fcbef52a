// What a page says that is not so.
import { environmentsFileSchema } from '#lib/infra/environments.ts';
import { namesOn, outputsOn } from './names-in-docs.ts';
import { isNamed, namesIn, outputsIn, type CloudFormationTemplate } from './names-in-template.ts';

/** The environment that pages take as their example, and that is synthesised to compare them with. */
const EXAMPLE_DEPLOYMENT = 'wend-production';

/** A line for each problem, with its place; empty where everything that the page names is there. */
export function problemsOf(
  page: string,
  text: string,
  templates: readonly CloudFormationTemplate[],
): readonly string[] {
  const names = namesIn(templates, EXAMPLE_DEPLOYMENT);
  const outputs = outputsIn(templates);
  return [
    ...namesOn(page, text)
      .filter(({ name }) => !isNamed(name, names))
      .map(({ line, name }) => `${page}:${line} nothing is called ${EXAMPLE_DEPLOYMENT}${name}`),
    ...outputsOn(page, text)
      .filter(({ name }) => !outputs.has(name))
      .map(({ line, name }) => `${page}:${line} the stack has no output ${name}`),
    ...environmentsOn(text).flatMap((file) =>
      (environmentsFileSchema.safeParse(file).error?.issues ?? []).map(
        ({ path, message }) => `${page}: environments.json at ${path.join('.')}: ${message}`,
      ),
    ),
  ];
}

/** Every environments.json that the page shows. */
function environmentsOn(text: string): readonly unknown[] {
  return [...text.matchAll(/^```json\n(.*?)^```$/gms)]
    .map(([, block = '']) => JSON.parse(block) as unknown)
    .filter((value) => typeof value === 'object' && value !== null && 'environments' in value);
}
