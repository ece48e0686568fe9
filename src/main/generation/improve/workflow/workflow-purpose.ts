import { list, mapping } from '../../validation/plain.ts';
import { readYamlFile } from '../yaml/yaml-file.ts';

/** What an author's workflow does already when somebody pushes or asks for a merge. */
export type WorkflowPurpose = { readonly tests: boolean; readonly images: boolean };

const testing =
  /\b(?:test|tests|pytest|tox|nox|rspec|phpunit|pest|vitest|jest|verify|check|ctest|unittest)\b|\bmvnw?\b.*\b(?:package|install)\b|\bgradlew?\b.*\bbuild\b/i;
const imaging =
  /\bdocker(?:\s+buildx)?\s+(?:build|bake)\b|\bdocker[ -]compose\s+(?:build|push)|buildah|kaniko|\bko\s+(?:build|publish)\b/;

/** Reads what a workflow does out of its steps and, for workflows of others that it calls, out of their names. */
export function purposeOf(content: string): WorkflowPurpose {
  const value = mapping(readYamlFile(content)?.documents[0]?.value);
  const on = JSON.stringify(value.on ?? '');
  const ours = /"(?:push|pull_request|merge_group)"/.test(on);
  let [tests, images] = [false, false];
  for (const [id, job] of Object.entries(mapping(value.jobs))) {
    const { steps, uses: called } = mapping(job);
    if (typeof called === 'string') {
      tests ||= ours && testing.test(`${id} ${called}`);
      images ||= /docker|image/i.test(`${id} ${called}`);
    }
    for (const step of list(steps)) {
      const { run, uses } = mapping(step);
      tests ||= ours && typeof run === 'string' && testing.test(run);
      images ||=
        (typeof run === 'string' && imaging.test(run)) ||
        /^docker\/(?:build-push|bake)-action/.test(String(uses ?? ''));
    }
  }
  return { tests, images };
}
