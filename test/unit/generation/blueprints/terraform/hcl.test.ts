// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Terraform writes expressions.
import { describe, expect, it } from 'vitest';
import { formatHcl } from '#main/generation/blueprints/terraform/hcl/format.ts';
import { comment } from '#main/generation/blueprints/terraform/hcl/source.ts';
import { ref, str, template, value } from '#main/generation/blueprints/terraform/hcl/value.ts';

describe('the form of HCL', () => {
  // Catches: files that terraform fmt would change. The expected text is what it prints.
  it('aligns what follows each other, and starts anew after blocks, comments and open brackets', () => {
    const source = [
      'resource "a" "b" {',
      'count = 1',
      'description = "x = {"',
      '# why',
      'tags = {',
      'Name = "a"',
      'LongName = var.x == 1 ? "b" : "c"',
      '}',
      '',
      'policy = jsonencode({',
      'a = [{',
      'b = 1',
      '}]',
      '})',
      '}',
    ].join('\n');
    expect(formatHcl(source)).toBe(
      [
        'resource "a" "b" {',
        '  count       = 1',
        '  description = "x = {"',
        '  # why',
        '  tags = {',
        '    Name     = "a"',
        '    LongName = var.x == 1 ? "b" : "c"',
        '  }',
        '',
        '  policy = jsonencode({',
        '    a = [{',
        '      b = 1',
        '    }]',
        '  })',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('is stable', () => {
    const once = formatHcl('a {\n\nb = "${c["d"]}"\n\n\n\nlong = 1\n\n}');
    expect(formatHcl(once)).toBe(once);
    expect(once).toBe('a {\n  b = "${c["d"]}"\n\n  long = 1\n}\n');
  });
});

describe('the values of HCL', () => {
  // Catches: quotes, line ends and templates of a project that end the string.
  it('are escaped', () => {
    expect(str('a"\\\n${b}%{c}').source).toBe('"a\\"\\\\\\n$${b}%%{c}"');
    expect(template(['${a}', ref('var.b')]).source).toBe('"$${a}${var.b}"');
    expect(template([ref('var.b')]).source).toBe('var.b');
    expect(value({ 'a.b': [1, true, null], c: ref('var.c') }).source).toBe(
      '{\n"a.b" = [1, true, null]\nc = var.c\n}',
    );
    expect(comment('a\u2028resource "b" {}').source).toBe('# a\n# resource "b" {}');
  });
});
