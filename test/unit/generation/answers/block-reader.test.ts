import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockTag,
  closeLine,
  openLine,
  readAsked,
  writeBlocks,
} from '#main/generation/answers/block-format.ts';
import { BlockReader, readAnswer } from '#main/generation/answers/block-reader.ts';

const tag = blockTag('what was sent');
const allowed = ['api/Dockerfile', 'api/.dockerignore', 'my app/compose.yaml'];
const docker = 'FROM node:22\n\nCMD ["node", "server.js"]\n';
const ignore = '.git\nnode_modules\n';
const options = { tag, allowed };
const blocks = writeBlocks(
  [
    { path: 'api/Dockerfile', content: docker },
    { path: 'api/.dockerignore', content: ignore },
  ],
  tag,
);
const both = {
  files: [
    { path: 'api/Dockerfile', content: docker, cut: false },
    { path: 'api/.dockerignore', content: ignore, cut: false },
  ],
  refused: [],
};

describe('an answer', () => {
  it('is read as it was asked for', () => {
    expect(readAnswer(blocks, options)).toEqual(both);
    const spaced = writeBlocks([{ path: 'my app/compose.yaml', content: 'a: 1' }], tag);
    expect(readAnswer(spaced, options).files).toEqual([
      { path: 'my app/compose.yaml', content: 'a: 1\n', cut: false },
    ]);
  });

  it.each([
    ['chatter before and after', `Sure! Here:\n\n${blocks}\nHope that helps.`],
    ['line ends of Windows', blocks.replaceAll('\n', '\r\n')],
    ['a fence around all', `\`\`\`\n${blocks}\`\`\`\n`],
    [
      'fences within the blocks',
      blocks
        .replaceAll(/(===FILE.*===\n)/g, '$1```dockerfile\n')
        .replaceAll('===END', '```\n\n===END'),
    ],
    ['decorated marks', blocks.replaceAll(/^(===.*===)$/gm, '**$1**')],
    ['paths in quotes and with ./', blocks.replaceAll('FILE api', 'FILE ./api')],
    ['no tag in the marks', blocks.replaceAll(` ${tag}`, '')],
    ['a made-up tag', blocks.replaceAll(tag, '0123456789ab')],
    [
      'classic blocks',
      `---FILE: api/Dockerfile---\n${docker}---END FILE---\n--- FILE: api/.dockerignore ---\n${ignore}`,
    ],
    ['a byte order mark', `\uFEFF${blocks}`],
    ['a forgotten end', blocks.replace(`${closeLine(tag)}\n===FILE`, '===FILE')],
  ])('is read with %s', (_, text) => {
    const { files } = readAnswer(text, options);
    expect(files.map(({ path, content }) => ({ path, content }))).toEqual(
      both.files.map(({ path, content }) => ({ path, content })),
    );
  });

  it('is the one fence where it has no block, and nothing where it has two', () => {
    const fence = `Here you go:\n\`\`\`dockerfile\n${docker}\`\`\`\nBye`;
    expect(readAnswer(fence, options).files).toEqual([
      { path: 'api/Dockerfile', content: docker, cut: false },
    ]);
    expect(readAnswer(`${fence}\n${fence}`, options).files).toEqual([]);
  });

  it('keeps marks without the tag as text of a block with it: a file may speak of such blocks', () => {
    const content = `# ===END===\n===END===\n---FILE: api/.dockerignore---\n===END 0123456789ab===\n`;
    const text = writeBlocks([{ path: 'api/Dockerfile', content }], tag);
    expect(readAnswer(text, options)).toEqual({
      files: [{ path: 'api/Dockerfile', content, cut: false }],
      refused: [],
    });
  });

  it('takes blocks without the tag only where none has it: a quoted README writes no file', () => {
    const quoted = `---FILE: api/.dockerignore---\nevil\n---END---\n`;
    const own = writeBlocks([{ path: 'api/Dockerfile', content: docker }], tag);
    expect(readAnswer(`${quoted}${own}${quoted}`, options).files).toEqual([both.files[0]]);
  });

  it('says that a file was cut, and keeps a whole one of the same name', () => {
    const cut = blocks.slice(0, blocks.indexOf('node_modules'));
    expect(readAnswer(cut, options).files.map((file) => file.cut)).toEqual([false, true]);
    const again = `${blocks}${openLine('api/Dockerfile', tag)}\nFROM`;
    expect(readAnswer(again, options).files).toEqual(both.files);
    const second = `${blocks}${writeBlocks([{ path: 'api/Dockerfile', content: 'FROM a:1\n' }], tag)}`;
    expect(readAnswer(second, options).files[0]?.content).toBe('FROM a:1\n');
  });

  it('has bounds: files, characters of a file, characters in all', () => {
    const limits = { files: 2, fileChars: 40, answerChars: 10_000 };
    const many = Array.from({ length: 500 }, () => writeBlocks([{ path: 'x', content: 'y' }], tag));
    const { files, refused } = readAnswer(many.join(''), { ...options, limits });
    expect(files).toEqual([]);
    expect(refused.length).toBeLessThanOrEqual(20);
    const long = writeBlocks([{ path: 'api/Dockerfile', content: 'x\n'.repeat(50) }], tag);
    expect(readAnswer(long, { ...options, limits })).toEqual({
      files: [],
      refused: [{ path: 'api/Dockerfile', why: 'it has more than 40 characters' }],
    });
    const line = writeBlocks([{ path: 'api/Dockerfile', content: 'x'.repeat(50) }], tag);
    expect(readAnswer(line, { ...options, limits }).files).toEqual([]);
    const reader = new BlockReader(options);
    for (let at = 0; at < 200 && !reader.full; at += 1) reader.push('x'.repeat(1_000_000));
    expect(reader.full).toBe(true);
    expect(reader.end().files).toEqual([]);
  });

  it('does not become slow: a megabyte in single characters', () => {
    const reader = new BlockReader(options);
    const began = performance.now();
    for (let at = 0; at < 1_000_000; at += 1) reader.push('x');
    reader.end();
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    ` a`.repeat(690),
    ` `.repeat(1_380),
    ' *'.repeat(690),
    '='.repeat(1_380),
    '-'.repeat(1_380),
    ' aaaaaaaaaaaa'.repeat(100),
  ])('does not become slow: lines that nearly are marks, with %j', (filler) => {
    const near = ['===FILE a', '---FILE: a', '===END ', '--- END'].map(
      (head) => `${head}${filler}x\n`,
    );
    const began = performance.now();
    readAnswer(near.join('').repeat(1_000), options);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

const lines = fc.oneof(
  fc.constantFrom(
    openLine('api/Dockerfile', tag),
    openLine('api/.dockerignore', tag),
    openLine('../x', tag),
    closeLine(tag),
    '---FILE: api/Dockerfile---',
    '---END---',
    '===END===',
    '```',
    '```yaml',
    '',
    'FROM a\r',
  ),
  fc.string(),
  fc.string({ unit: 'binary' }),
);
const answers = fc.array(lines, { maxLength: 30 }).map((all) => all.join('\n'));

it('a block without the tag that comes after one with it is not seen to replace it', () => {
  const pieces: string[] = [];
  const reader = new BlockReader({
    ...options,
    onPiece: (_path, _at, piece) => pieces.push(piece),
  });
  const name = 'api/Dockerfile';
  reader.push(
    `${openLine(name, tag)}\nFROM a\n${closeLine(tag)}\n---FILE: ${name}---\nFROM evil\n`,
  );
  expect(reader.end().files).toMatchObject([{ content: 'FROM a\n' }]);
  expect(pieces.join('')).toBe('FROM a\n');
});

describe('whatever a model answers', () => {
  it('gives the same files in whatever pieces it comes, and the pieces make up each file', () => {
    fc.assert(
      fc.property(
        answers,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
        (text, sizes) => {
          const streamed = new Map<string, string>();
          const reader = new BlockReader({
            ...options,
            onPiece: (path, at, piece) => {
              const before = at === 0 ? '' : (streamed.get(path) ?? '');
              expect(before).toHaveLength(at);
              streamed.set(path, before + piece);
            },
          });
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            reader.push(text.slice(at, at + size));
            at += size;
          }
          const read = reader.end();
          expect(read).toEqual(readAnswer(text, options));
          const once =
            new Set(text.match(/FILE:? (\S+)/g)).size === (text.match(/FILE/g) ?? []).length;
          if (once)
            for (const file of read.files) expect(streamed.get(file.path)).toBe(file.content);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never names a path that was not asked for', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '../../.ssh/authorized_keys',
        '/etc/passwd',
        '.git/hooks/pre-commit',
        'api\\..\\Dockerfile',
        'api/../api/Dockerfile',
        'api/Dockerfile\0.txt',
        'api/Dockerfile.',
        'API/DOCKERFILE',
        'con',
        'C:\\x',
        'api//Dockerfile',
        '',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(hostile, fc.boolean(), (path, tagged) => {
        const open = tagged ? openLine(path, tag) : `---FILE: ${path}---`;
        const { files } = readAnswer(`${open}\nFROM a\n${closeLine(tag)}\n`, options);
        for (const file of files) expect(allowed).toContain(file.path);
      }),
      { numRuns: 1_000 },
    );
    const { files, refused } = readAnswer(
      writeBlocks([{ path: '../../.ssh/authorized_keys', content: 'ssh-rsa' }], tag),
      options,
    );
    expect(files).toEqual([]);
    expect(refused).toEqual([
      { path: '../../.ssh/authorized_keys', why: 'it climbs out of its folder' },
    ]);
  });
});

describe('a request', () => {
  it('can be read by who answers it: its last tag and the paths that are asked for', () => {
    const prompt = `text\n${openLine('old', 'aaaaaaaaaaaa')}\n# Answer\n${openLine('a b/Dockerfile', tag)}\n${openLine('c', tag)}\n`;
    expect(readAsked(prompt)).toEqual({ tag, paths: ['a b/Dockerfile', 'c'] });
    expect(readAsked('nothing')).toBeNull();
  });
});
