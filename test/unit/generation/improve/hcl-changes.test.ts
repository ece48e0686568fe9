// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Terraform writes expressions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeHcl } from '#main/generation/improve/terraform/change-hcl.ts';
import { improveTerraform } from '#main/generation/improve/terraform/improve-terraform.ts';
import { parseHcl } from '#main/generation/validation/terraform/hcl/parse-hcl.ts';
import { cpuMs } from '#test/support/cpu-time.ts';

describe('changes of HCL', () => {
  // Catches: an edit that lands in a comment, a text or a heredoc, or that moves what others wrote.
  it('add an argument and keep every line that was there, whatever stands around it', () => {
    const space = fc.constantFrom('', ' ', '  ', '\t', '\n', '\n\n', '\r\n');
    const remark = fc.constantFrom(
      '',
      '# }\n',
      '// { a = 1\n',
      '/* } */\n',
      '# sensitive = true\r\n',
    );
    const value = fc.constantFrom(
      '"}"',
      '"${a.b["}"]}"',
      '[\n1, # ]\n2]',
      '<<-EOT\n  }\n  x = 1\n  EOT',
      'f({\n a = 1\n})',
      'a.b',
    );
    const line = fc
      .tuple(remark, fc.constantFrom('', '  ', '    '), value)
      .map(([a, pad, v], i = 0) => [a, pad, v, i] as const);
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        space,
        remark,
        fc.boolean(),
        (lines, gap, tail, first) => {
          const body = lines
            .map(([note, pad, held], at) => `${note}${pad}n${at} =${pad || ' '}${held}\n`)
            .join('');
          const text = `${tail}variable "v" {${gap.includes('\n') ? gap : '\n'}${body}${tail}}\n${tail}`;
          const hcl = parseHcl(text);
          const block = hcl.body.blocks[0];
          fc.pre(hcl.faults.length === 0 && block !== undefined);
          const change = {
            type: 'argument',
            block,
            name: 'added',
            value: 'true',
            ...(first ? { first } : {}),
          } as const;
          const after = changeHcl(text, hcl, [change]);
          expect(after).not.toBeNull();
          const bare = (one: string) => one.replace(/[ \t]+/g, ' ').split(/\r?\n/);
          const kept = bare(after ?? '').filter((one) => one.trim() !== 'added = true');
          const squeeze = (all: readonly string[]) =>
            all.map((one) => one.trim()).filter((one) => one !== '');
          expect(squeeze(kept)).toEqual(squeeze(bare(text)));
        },
      ),
      { numRuns: 150 },
    );
  });
});

// Catches: what is followed anew for every resource, or as often as there are local values.
it('takes thousands of resources and a long way through local values in time', () => {
  const count = 800;
  const lines = Array.from({ length: count }, (_, at) => [
    `resource "aws_s3_bucket" "b${at}" {\n  bucket = "b${at}"\n}\nvariable "p${at}_password" {\n  type = string\n}\n`,
    `locals {\n  l${count - at} = ${at === count - 1 ? 'var.p1_password' : `local.l${count - at - 1}`}\n}\n`,
  ]).flat();
  const began = cpuMs();
  const improved = improveTerraform([{ path: 'main.tf', content: lines.join('') }]);
  expect(cpuMs() - began).toBeLessThan(3_000);
  expect(
    improved
      .get('main.tf')
      ?.left.map(({ text }) => text)
      .join(),
  ).toContain('too long');
});
