import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csharpStatements, type Statement } from '#main/generation/scan/csharp/statements.ts';
import { csharpTokens } from '#main/generation/scan/csharp/tokens.ts';
import { cpuMs } from '#test/support/cpu-time.ts';

const texts = (source: string) => csharpTokens(source).map(({ kind, text }) => `${kind} ${text}`);

/** The calls of a chain, as `name(strings)`. */
const calls = ({ value }: Statement): readonly string[] =>
  value.kind === 'chain'
    ? value.steps.map(({ name, args }) => {
        const held = (args ?? []).map((one) => (one.value.kind === 'text' ? one.value.text : '·'));
        return args === null ? name : `${name}(${held.join()})`;
      })
    : [value.kind];

describe('tokens of C#', () => {
  it('are none of comments, directives and what only looks like the end of a string', () => {
    expect(
      texts(
        '// "no"\n#pragma warning disable X\n/* " */ a("b\\"c", @"d""e\\", \'"\', $"{f("g")} }}");',
      ),
    ).toEqual([
      'word a',
      'mark (',
      'text b"c',
      'mark ,',
      'text d"e\\',
      'mark ,',
      'mark ,',
      'mark $',
      'mark )',
      'mark ;',
    ]);
    expect(texts('x = """\n  say "hi"\n  """;')).toEqual([
      'word x',
      'mark =',
      'text say "hi"',
      'mark ;',
    ]);
  });

  it('keep their lines behind strings of several', () => {
    const [, second] = csharpTokens('@"a\nb\nc"\nd');
    expect(second).toEqual({ kind: 'word', text: 'd', line: 4 });
  });
});

describe('statements of C#', () => {
  it('are chains with their calls, types and targets', () => {
    const [first, second] = csharpStatements(
      'var a = builder.AddProject<Projects.Web_App>("web", launch)\n    .WithReference(b, connectionName: "c")!\n    .D;\na.E(() => { x.Y("z"); });',
    );
    expect(first?.target).toBe('a');
    expect(calls(first as Statement)).toEqual([
      'builder',
      'AddProject(web,·)',
      'WithReference(·,c)',
      'D',
    ]);
    expect(first?.value).toMatchObject({
      steps: [
        {},
        { type: 'Projects.Web_App', line: 1 },
        { args: [{ label: null }, { label: 'connectionName' }], line: 2 },
        {},
      ],
    });
    expect(second).toMatchObject({ target: null });
    expect(calls(second as Statement)).toEqual(['a', 'E(·)']);
  });

  it('are those that always run: not below conditions or in other methods, but in Main and after all of them', () => {
    const source = `
if (useIt) { builder.Add("conditional"); }
if (useIt)
    builder.Add("bare");
builder.Add("top");
static bool Other(int a) { builder.Add("method"); return a == 1; }
namespace Shop { class Program { public static void Main(string[] args) { builder.Add("main"); } } }
builder.Add("last");`;
    const found = csharpStatements(source).flatMap(calls);
    expect(found.filter((one) => one.startsWith('Add'))).toEqual([
      'Add(top)',
      'Add(main)',
      'Add(last)',
    ]);
  });

  it('never throw, whatever the text', () => {
    const piece = fc.constantFrom(
      ...['"', '@"', '$"', '"""', "'", '{', '}', '(', ')', '<', '>', '[', ']', ';', '=', '=>', '.'],
      ...[
        'if',
        'else',
        'new',
        'var x',
        'a',
        'A<B>',
        '//',
        '/*',
        '*/',
        '#',
        '\n',
        '\\',
        '?',
        '!',
        ':',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        csharpStatements(pieces.join(''));
        csharpStatements(pieces.join(' '));
      }),
      { numRuns: 300 },
    );
  });

  it('cost no more than the text is long', () => {
    for (const part of [
      'a(',
      'a<',
      '$"{',
      '{',
      'a.',
      'if(',
      '"',
      'f(() => {',
      "'",
      '@"""',
      'x = ',
    ]) {
      const before = cpuMs();
      csharpStatements(part.repeat(60_000));
      expect(cpuMs() - before, part).toBeLessThan(2_000);
    }
  });
});
