// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how HCL fills in values.
import { describe, expect, it } from 'vitest';
import { parseHcl } from '#main/generation/validation/terraform/hcl/parse-hcl.ts';
import { attributeOf } from '#main/generation/validation/terraform/hcl/read-values.ts';
import { cpuMs } from '../../../../support/cpu-time.ts';

/** What HashiCorp's own parser (hclsyntax 2.14) takes. */
const good: readonly (readonly [what: string, text: string])[] = [
  ['nothing', ''],
  ['a byte order mark and CRLF', '\ufeffa = 1\r\nb {\r\n}\r\n'],
  ['a block in one line', 'a "b" c { d = 1 }'],
  ['an empty block', 'a {}'],
  ['comments', '# a\n// b\n/* c\n */ a = /* d */ 1 # e'],
  ['operators', 'a = !b && -c + 2 * (d - 1) >= 3 ? "x" : null'],
  ['line breaks in brackets', 'a = [\n  1,\n  2,\n]\nb = f(\n  1,\n  x...\n)\nc = (1 +\n 2)'],
  ['objects with lines, commas and both signs', 'a = { b = 1, c : 2\n "d-e" = 3\n (f) = 4\n}'],
  [
    'for expressions over lines',
    'a = {\n  for k, v in b : k => v...\n  if v != ""\n}\nc = [for x in d : x]',
  ],
  ['steps', 'a = b.c[0].d["e"].*.f[*].g.0.1\nh = i.0.1.j'],
  ['templates', 'a = "x ${b.c} $${d} %%{e} ${~ f(\n 1) ~} %{ if g }h%{ else }i%{ endif ~}"'],
  ['a loop in a heredoc', 'a = <<-EOT\n  %{ for x in y ~}\n  ${x}\n  %{ endfor ~}\n  EOT\n'],
  ['a heredoc as an argument', 'a = f(<<EOT\n"not a text\nEOT\n, 1)'],
  ['escapes', 'a = "\\n\\t\\"\\\\\\u00e9\\U0001F600"'],
  ['a function of a provider', 'a = provider::aws::arn_parse(b)'],
];

const broken: readonly (readonly [what: string, text: string, line: number])[] = [
  ['a block that is not closed', 'a {\n  b = 1\n', 3],
  ['a brace in a line of its own', 'a\n{\n}\n', 1],
  ['two arguments in a line', 'a = 1 b = 2\n', 1],
  ['two arguments in a block of one line', 'a { b = 1, c = 2 }', 1],
  ['a value in the next line', 'a =\n  1\n', 1],
  ['an operator at the end of a line', 'a = 1 +\n  2\n', 1],
  ['a value that is missing', 'x = 1\na = \n', 2],
  ['single quotes', "a = 'b'", 1],
  ['a text over two lines', 'a = "b\nc"', 1],
  ['an escape that there is not', 'a = "\\d"', 1],
  ['an argument twice', 'a = 1\nb = 2\na = 3\n', 3],
  ['a list that is not closed', 'a = [1,\n2\nb = 3', 3],
  ['two commas', 'a = f(1,,2)', 1],
  ['an object without separators', 'a = { b = 1 c = 2 }', 1],
  ['a heredoc without its end', 'a = <<EOT\nb\n', 3],
  ['an interpolation that is not closed', 'a = "${b"', 1],
  ['a directive without its end', 'a = "%{ if b }c"', 1],
  ['an end without its directive', 'a = "%{ endif }"', 1],
  ['a label with an interpolation', 'a "${b}" {}', 1],
  ['a name in quotes', '"a" = 1', 1],
  ['a closing brace too many', 'a {}\n}\n', 2],
  ['a list with keys', 'a = [for k, v in b : k => v]', 1],
  ['an object of a for without keys', 'a = {for v in b : v}', 1],
  ['half a condition', 'a = b ? 1', 1],
  ['a bitwise operator', 'a = b & c', 1],
];

describe('parseHcl', () => {
  it.each(good)('reads %s', (_what, text) => {
    expect(parseHcl(text).faults).toEqual([]);
  });

  it.each(broken)('refuses %s, in its line', (_what, text, line) => {
    expect(parseHcl(text).faults.map((fault) => fault.line)).toEqual([line]);
  });

  it('tells of one fault in each block, and reads the blocks between', () => {
    const { body, faults } = parseHcl('a "x" {\n b = \n}\nc "y" {\n d = 1\n}\ne {\n f = [\n}\n');
    expect(faults.map(({ line }) => line)).toEqual([2, 9]);
    expect(body.blocks.map(({ name, line, endLine }) => [name, line, endLine])).toEqual([
      ['c', 4, 6],
    ]);
  });

  it('knows a reference from the text of the same words, and gives its steps', () => {
    const { body } = parseHcl('a = "${var.b}-x"\nc = { d = var.e["f"].g }\n');
    expect(attributeOf(body, 'a')?.value).toMatchObject({
      type: 'template',
      parts: [{ type: 'reference', root: 'var', steps: [{ name: 'b' }] }, '-x'],
    });
    expect(attributeOf(body, 'c')?.value).toMatchObject({
      items: [
        {
          key: { value: 'd' },
          value: { root: 'var', steps: [{ name: 'e' }, { type: 'index' }, { name: 'g' }] },
        },
      ],
    });
  });

  it.each([
    ['parentheses', `a = ${'('.repeat(50_000)}`],
    ['lists', `a = ${'['.repeat(50_000)}`],
    ['blocks', 'a {\n'.repeat(50_000)],
    ['interpolations', `a = ${'"${'.repeat(50_000)}`],
    ['directives', `a = "${'%{if b}'.repeat(50_000)}"`],
    ['minus signs', `a = ${'-'.repeat(50_000)}1`],
    ['conditions', `a = ${'b ? c : '.repeat(50_000)}d`],
  ])('ends with a fault in %s without end', (_what, text) => {
    expect(parseHcl(text).faults.length).toBeGreaterThan(0);
  });

  it.each([
    ['one sum', `a = ${'b + '.repeat(60_000)}1`],
    ['one text', `a = "${'$x \\n'.repeat(50_000)}"`],
    ['short lines', Array.from({ length: 15_000 }, (_, index) => `a${index} = b.c\n`).join('')],
    ['blocks', 'a "b" {\n}\n'.repeat(22_000)],
  ])('reads 250,000 characters of %s in time', (_what, text) => {
    const before = cpuMs();
    expect(parseHcl(text).faults).toEqual([]);
    expect(cpuMs() - before).toBeLessThan(600);
  });
});
