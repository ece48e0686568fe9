import { z } from 'zod';
import { sha256 } from '#main/core/hash.ts';
import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';
import type { FileFormat } from '../validation/validator.ts';
import { likeness } from './likeness.ts';
import { ownWords } from './own-words.ts';

const targetSchema = z.object({
  like: z.object({
    tag: z.string(),
    label: z.string(),
    facts: z.record(z.string(), z.string()),
  }),
  /** Without the words of the project. */
  own: z.object({
    name: z.string().nullable(),
    path: z.string().nullable(),
    port: z.string().nullable(),
    words: z.array(z.string()),
  }),
  /** The tags of memories about this very file, and about its project. */
  place: z.string(),
  project: z.string(),
  blueprint: z.string(),
});

/** What a file is about, as far as learning needs it: what it is like, and what is its own. */
export type Target = z.infer<typeof targetSchema>;

/** The target of a file that a blueprint made. */
export function targetOf(
  artifact: Artifact,
  format: FileFormat | null,
  project: ScanResult,
  service: Service | null,
  blueprint: string,
): Target {
  const own = ownWords(project, service);
  return {
    like: { ...likeness(artifact, format, project, service) },
    own: { ...own, words: [...own.words] },
    place: tagOf('place', `${project.root}\0${artifact.path}`),
    project: tagOf('project', project.root),
    blueprint,
  };
}

/** A target as it was stored with its proposal, or null where it cannot be read. */
export function readTarget(stored: unknown): Target | null {
  return targetSchema.safeParse(stored).data ?? null;
}

/** What made a file, as a sentence names it; `blueprint` of a target holds the model where one did. */
export function makerName(blueprint: string): string {
  return blueprint.includes('/') ? `the model ${blueprint}` : `blueprint ${blueprint}`;
}

/** The target of a file that a model wrote in the place of the blueprint's. */
export function byModel(target: Target, provider: string, model: string): Target {
  return { ...target, blueprint: `${provider}/${model}`.slice(0, 100) };
}

/** A short tag that stands for a text of any length. */
export function tagOf(noun: string, text: string): string {
  return `${noun}:${sha256(text).slice(0, 24)}`;
}
