// How the workspace's files call its journeys. Versions do not carry it: another name is no other version.
import * as z from 'zod';
import { readJson } from '#lib/compiler/parse/json-text.ts';
import { fileId } from '#lib/compiler/parse/source-file.ts';
import { readWorkspaceFiles } from '#lib/repository/workspace-files.ts';

const titleSchema = z.object({ name: z.string(), description: z.string().optional() });
export type JourneyTitle = Readonly<z.infer<typeof titleSchema>>;

/**
 * By the journey's id. A file that cannot be read has no title: `wend check` says what is wrong with it.
 * @throws RepositoryProblem where there is no such folder.
 */
export function readJourneyTitles(workspace: string): ReadonlyMap<string, JourneyTitle> {
  return new Map(
    readWorkspaceFiles(workspace).journeys.flatMap((file): [string, JourneyTitle][] => {
      const { data } = titleSchema.safeParse(readJson(file).json?.value);
      return data === undefined ? [] : [[fileId(file.path), data]];
    }),
  );
}
