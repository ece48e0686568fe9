import type { Answer } from '../behaviour.ts';
import { dockerfiles } from './bad-dockerfile.ts';
import { type AnswerFile, readAsked, writeBlocks } from './blocks.ts';
import { validFile } from './valid-file.ts';

/** Says so where a prompt asks for no file, as a connection test's does. */
const small = 'Hello. I am a stand-in for a language model, and I was asked for no file.';

/** An answer of file blocks, from the paths that are asked for. */
const files =
  (make: (paths: readonly string[]) => readonly AnswerFile[]): Answer =>
  ({ prompt }) => {
    const asked = readAsked(prompt);
    return asked === null ? small : writeBlocks(make(asked.paths), asked.tag);
  };

const valid = (paths: readonly string[]): readonly AnswerFile[] =>
  paths.map((path) => ({ path, content: validFile(path) }));

/** A text brought to that many lines by comments, which every kind of file takes. */
const lengthened = (content: string, lines: number): string =>
  content +
  Array.from(
    { length: Math.max(0, lines - content.split('\n').length) },
    (_, line) => `# Line ${line}\n`,
  ).join('');

/** The wanted files, and one more at a place where a model has no business. */
const outside = (path: string): Answer =>
  files((paths) => [...valid(paths), { path, content: 'ssh-ed25519 AAAA stand-in\n' }]);

/** Every wanted file with this content in the place of a Dockerfile's, and its own elsewhere. */
const withDockerfile = (content: string): Answer =>
  files((paths) =>
    valid(paths).map((file) => (/dockerfile$/i.test(file.path) ? { ...file, content } : file)),
  );

/** Answers by name, so that a server in another process can be told one. */
export const namedAnswers = {
  /** Every file that the prompt asks for, in a text that its validator accepts. */
  valid: files(valid),
  /** Files of some 400 lines. */
  long: files((paths) =>
    valid(paths).map((file) => ({ ...file, content: lengthened(file.content, 400) })),
  ),
  /** Text that is no format of a file block. */
  prose: () => 'Sure! Here is what I would do: first, write a Dockerfile. Let me know how it goes.',
  /** Well-known habits of models: a preface, a fence, an afterword around the valid blocks. */
  chatty: (request) => {
    const text = files(valid)(request);
    return `Here are your files:\n\n\`\`\`\n${text}\`\`\`\n\nGood luck!\n`;
  },
  /** The last file is not closed, as where the limit of tokens cuts it. */
  unclosed: (request) => String(files(valid)(request)).replace(/===END [0-9a-f]+===\n$/, ''),
  /** Marks with the tag of another request. */
  'wrong-tag': ({ prompt }) => writeBlocks(valid(readAsked(prompt)?.paths ?? []), 'f'.repeat(12)),
  /** All but the last of the wanted files. */
  'one-missing': files((paths) => valid(paths.slice(0, -1))),
  'malformed-dockerfile': withDockerfile(dockerfiles.malformed),
  'privileged-dockerfile': withDockerfile(dockerfiles.privileged),
  /** A workload that Kubernetes would run with the rights of its node. */
  privileged: files((paths) =>
    valid(paths).map(({ path, content }) => ({
      path,
      content: content
        .replace('allowPrivilegeEscalation: false', 'privileged: true')
        .replace('    init: true\n', '    privileged: true\n')
        .replace('USER node', 'USER root'),
    })),
  ),
  '500-files': files((paths) => [
    ...valid(paths),
    ...Array.from({ length: 500 }, (_, index) => ({ path: `extra/${index}.txt`, content: 'x\n' })),
  ]),
  'parent-path': outside('../../.ssh/authorized_keys'),
  'absolute-path': outside('/etc/passwd'),
  'git-hook': outside('.git/hooks/pre-commit'),
  /** A key in a file, as a model may copy one from its prompt. */
  'with-secret': withDockerfile(dockerfiles.withSecret()),
  empty: () => '',
} as const satisfies Record<string, Answer>;

/** One of {@link namedAnswers}. */
export type AnswerName = keyof typeof namedAnswers;
