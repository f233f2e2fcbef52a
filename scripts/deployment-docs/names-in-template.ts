// Which names the templates of a deployment give to what they make, and which outputs they have.

/** The parts of a CloudFormation template that are read here. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

/** Properties by which a resource is named. Each type has one of them; one that has another does not count as named. */
const NAME_PROPERTIES = [
  'AlarmName',
  'DashboardName',
  'FunctionName',
  'LogGroupName',
  'Name',
  'QueueName',
  'RuleName',
  'StateMachineName',
  'TableName',
  'TopicName',
];

/**
 * What follows the name of the deployment in each name of the templates, the deployment itself (its stack, its bus) included as an
 * empty text.
 */
export function namesIn(
  templates: readonly CloudFormationTemplate[],
  deployment: string,
): ReadonlySet<string> {
  const names = templates
    .flatMap(({ Resources }) => Object.values(Resources))
    .flatMap(({ Properties = {} }) => NAME_PROPERTIES.map((property) => Properties[property]))
    .filter((name) => typeof name === 'string');
  const own = names.flatMap((name) => {
    const [, rest] = name.split(deployment, 2);
    return rest === undefined ? [] : [rest];
  });
  return new Set(['', ...own]);
}

export function outputsIn(templates: readonly CloudFormationTemplate[]): ReadonlySet<string> {
  return new Set(templates.flatMap(({ Outputs = {} }) => Object.keys(Outputs)));
}

/** Whether a name as a page writes it, `-<journey>-<version>` included, is one of the template's. */
export function isNamed(written: string, names: ReadonlySet<string>): boolean {
  if (names.has(written)) return true;
  if (!written.includes('<')) return false;
  const pattern = new RegExp(`^${written.replaceAll(/<[a-z]+>/g, '[a-z0-9-]+')}$`);
  return [...names].some((name) => pattern.test(name));
}
