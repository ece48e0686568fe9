import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { changeYaml, type YamlChange } from '#main/generation/improve/yaml/changes.ts';
import { readYamlFile } from '#main/generation/improve/yaml/yaml-file.ts';

function change(text: string, ...changes: readonly YamlChange[]): string {
  const file = readYamlFile(text);
  if (!file) throw new Error('the text cannot be read');
  return changeYaml(file, changes).text;
}

const set = (
  path: YamlChange['path'],
  value: never | string | number | boolean | object,
): YamlChange => ({ type: 'set', document: 0, path, value }) as YamlChange;

describe('changes of YAML', () => {
  it('put keys behind what is there, in its indentation, and keep comments, quotes and order', () => {
    const text =
      'services:\n    web:\n        image: "a:1" # keep\n        ports:\n        - "80:80"\n        # - "81:81"\n\n# end\nvolumes: {}\n';
    expect(
      change(
        text,
        set(['services', 'web', 'cap_drop'], ['ALL']),
        set(['services', 'web', 'deploy', 'x'], 1),
      ),
    ).toBe(
      'services:\n    web:\n        image: "a:1" # keep\n        ports:\n        - "80:80"\n        # - "81:81"\n        cap_drop:\n        - ALL\n        deploy:\n            x: 1\n\n# end\nvolumes: {}\n',
    );
  });

  it('keep CRLF and a last line without its end', () => {
    expect(change('a:\r\n  b: 1', set(['a', 'c'], 'x'))).toBe('a:\r\n  b: 1\r\n  c: x');
    expect(change('a:\r\n  b: 1\r\n', set(['a', 'c'], 'x'))).toBe('a:\r\n  b: 1\r\n  c: x\r\n');
  });

  it('write into braces, empty values and lists', () => {
    expect(change('a: {b: 1}\n', set(['a', 'c'], ['x']))).toBe('a: {b: 1, c: ["x"]}\n');
    expect(change('a:\nd: 2\n', set(['a', 'c'], true))).toBe('a:\n  c: true\nd: 2\n');
    expect(
      change(
        'a:\n- x\nb: [y]\n',
        { type: 'append', document: 0, path: ['a'], value: 'z' },
        { type: 'append', document: 0, path: ['b'], value: 'w' },
      ),
    ).toBe('a:\n- x\n- z\nb: [y, w]\n');
  });

  it('put what is new before what is there', () => {
    const first = (path: YamlChange['path'], value: string): YamlChange => ({
      type: 'prepend',
      document: 0,
      path,
      value,
    });
    const before = { ...set(['d', 'm'], 1), before: 'b' } as YamlChange;
    expect(
      change(
        'a: [x] # c\nd:\n  # e\n  b:\n    - "y"\n',
        first(['a'], 'z'),
        first(['d', 'b'], 'w'),
        before,
      ),
    ).toBe('a: [z, x] # c\nd:\n  # e\n  m: 1\n  b:\n    - "w"\n    - "y"\n');
  });

  it('fill what was left empty, and keep what stands behind it', () => {
    expect(change('a: {} # none\nb: 1\n', set(['a'], { c: { d: 1 } }))).toBe(
      'a: # none\n  c:\n    d: 1\nb: 1\n',
    );
    expect(change('x:\r\n    a:\r\n      {}', set(['x', 'a'], { c: 1 }))).toBe(
      'x:\r\n    a:\r\n        c: 1',
    );
    for (const text of ['a: &a {}\nb: *a\n', 'a: {b: 1}\n', 'a: # why\n  {}\n'])
      expect(change(text, set(['a'], { c: 1 }))).toBe(text);
  });

  it('replace a text in its own quotes', () => {
    expect(
      change(
        'a: \'x\' # c\nb: "y"\nc: z\n',
        set(['a'], "it's"),
        set(['b'], 'q'),
        set(['c'], 'true'),
      ),
    ).toBe('a: \'it\'\'s\' # c\nb: "q"\nc: "true"\n');
  });

  it('take a line away with the empty ones below it, and nothing else', () => {
    const remove: YamlChange = { type: 'remove', document: 0, path: ['version'] };
    expect(change('# head\nversion: "3"\n\nservices: {}\n', remove)).toBe(
      '# head\n\nservices: {}\n',
    );
    expect(change('version: "3"\n\nservices: {}\n', remove)).toBe('services: {}\n');
  });

  it('are left out where an alias shares the place with others', () => {
    const text = 'x: &x\n  a: 1\ny: *x\nz:\n  <<: *x\n';
    expect(change(text, set(['y', 'b'], 1))).toBe(text);
    // What is set in the anchor would show in both others.
    expect(change(text, set(['x', 'b'], 1))).toBe(text);
    expect(change(text, set(['z', 'b'], 1))).toBe(`${text}  b: 1\n`);
  });

  it('are not made in what is not sound: duplicate keys, bombs, faults', () => {
    const bomb = `a: &a [x,x]\n${Array.from({ length: 30 }, (_, n) => `b${n}: &b${n} [*${n ? `b${n - 1}` : 'a'},*${n ? `b${n - 1}` : 'a'}]`).join('\n')}\n`;
    for (const text of ['a: 1\na: 2\n', 'a: [1\n', '\ta: 1\n', bomb, '['.repeat(5_000)]) {
      expect(readYamlFile(text)).toBeNull();
    }
  });

  it('change the data as they say and no line that was there', () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const leaf = fc.oneof(
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant('a: b # c'),
      fc.constant('two\nlines\n'),
      fc.constant(null),
    );
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.dictionary(word, tie('node'), { maxKeys: 4, noNullPrototype: true }),
        fc.array(tie('node'), { maxLength: 3 }),
      ),
    })).node;
    const documents = fc.dictionary(word, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true });
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      flow: fc.boolean(),
      crlf: fc.boolean(),
      comments: fc.boolean(),
    });
    fc.assert(
      fc.property(
        documents,
        style,
        fc.array(word, { minLength: 1, maxLength: 3 }),
        leaf,
        (data, { indent, indentSeq, flow, crlf, comments }, path, value) => {
          fc.pre(value !== null);
          const plain = stringify(data, {
            indent,
            indentSeq,
            lineWidth: 0,
            collectionStyle: flow ? 'flow' : 'any',
          });
          const said =
            comments && !plain.includes('two') ? plain.replaceAll('\n', ' # why\n# more\n') : plain;
          const text = crlf ? said.replaceAll('\n', '\r\n') : said;
          const file = readYamlFile(text);
          fc.pre(file !== null);
          const { text: after, made } = changeYaml(file as NonNullable<typeof file>, [
            set(path, value as string),
          ]);
          if (made.length === 0) return after === text;
          const [read] = parseAllDocuments(after);
          let at = read?.toJS() as Record<string, unknown>;
          for (const step of path.slice(0, -1)) at = at[step] as Record<string, unknown>;
          expect(at[path.at(-1) as string]).toEqual(value);
          if (crlf) expect(after).not.toMatch(/(?<!\r)\n/);
          if (flow) return true;
          const lines = after.split('\n');
          for (const line of text.split('\n').filter((one) => one.includes('#')))
            expect(lines.some((one) => one.includes(line.slice(line.indexOf('#')).trim()))).toBe(
              true,
            );
          // A second time there is nothing left to be done.
          const again = readYamlFile(after);
          return again !== null && changeYaml(again, [set(path, value as string)]).text === after;
        },
      ),
      { numRuns: 300, seed: 6 },
    );
  });
});
