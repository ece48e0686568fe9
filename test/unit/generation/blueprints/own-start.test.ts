import { describe, expect, it } from 'vitest';
import { generateArtifacts } from '#main/generation/blueprints/generate.ts';
import { noStart } from '#main/generation/scan/no-start.ts';
import { shellWord } from '#main/generation/scan/shell.ts';
import type { Service } from '#shared/scan.ts';
import { project, service, stacks } from './fixtures.ts';

const dockerfile = (of: Service) =>
  generateArtifacts('dockerfile', project([of]), of)[0]?.content ?? '';

/** The command of the last stage, as the scan reads it where the source names none. */
function commandOf(content: string): string {
  const last = content.split(/^FROM /m).at(-1) ?? '';
  const words = [...last.matchAll(/^(?:ENTRYPOINT|CMD) (\[.*\])$/gm)].flatMap(([, json = '[]']) =>
    (JSON.parse(json) as string[]).map(shellWord),
  );
  return words.join(' ');
}

// The next scan takes the start from the Dockerfile: Java's got its option once more with each run.
describe('a Dockerfile whose command becomes the start that was not known', () => {
  it.each(Object.entries(stacks))('is written the same again: %s', (_name, one) => {
    const of = { ...one, start: null };
    const content = dockerfile(of);
    const start = commandOf(content);
    // The scan does not take this one for a command.
    if (start.includes(shellWord(noStart))) return;
    expect(dockerfile({ ...of, start: start === '' ? null : start })).toBe(content);
  });

  it('keeps the heap that the command asks for', () => {
    const of = service({ ...stacks['java-maven'], start: 'java -Xmx512m -jar target/app.jar' });
    expect(dockerfile(of)).toContain('CMD ["java", "-Xmx512m", "-jar", "/app/app.jar"]');
  });
});
