// AWS::SecretsManager::Secret: what of it the local cloud runs.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html
import * as z from 'zod';

const generatedSchema = z.strictObject({
  PasswordLength: z.int().min(1).max(4096).default(32),
  ExcludeCharacters: z.string().default(''),
  ExcludeLowercase: z.boolean().default(false),
  ExcludeUppercase: z.boolean().default(false),
  ExcludeNumbers: z.boolean().default(false),
  ExcludePunctuation: z.boolean().default(false),
  IncludeSpace: z.boolean().default(false),
  RequireEachIncludedType: z.boolean().default(true),
});
/** How a value is drawn; defaults are those of AWS. */
export type GeneratedSecret = z.infer<typeof generatedSchema>;

const propertiesSchema = z
  .strictObject({
    Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
    Description: z.string().optional(),
    SecretString: z.string().optional(),
    GenerateSecretString: generatedSchema.optional(),
    // Nothing is encrypted at rest: whoever can read this process or its folder is the developer.
    KmsKeyId: z.string().optional(),
  })
  .refine((given) => (given.SecretString === undefined) !== (given.GenerateSecretString === undefined), {
    error: 'has either SecretString or GenerateSecretString',
  });
export type SecretResource = z.infer<typeof propertiesSchema>;

/**
 * @param id of the resource in its template, for the error.
 * @throws Error that names the resource and each property that is wrong or cannot be run here.
 */
export function parseSecretResource(id: string, properties: unknown): SecretResource {
  const parsed = propertiesSchema.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(`The secret ${id} cannot be run here:\n${z.prettifyError(parsed.error)}`);
}
