import { describe, expect, it } from 'vitest';
import { terraformFormatFaults } from '../../../../support/terraform-format.ts';
import { sound } from './modules.ts';

describe('terraformFormatFaults', () => {
  it('takes what terraform fmt writes', () => {
    expect(terraformFormatFaults(sound)).toEqual([]);
    const nested =
      'a = concat([\n  1,\n  ],\n  [2]\n)\nb = [{\n  c  = 1\n  de = 2\n  }, {\n  c = 3\n}]\n';
    expect(terraformFormatFaults(nested)).toEqual([]);
  });

  it.each([
    ['a = 1\nbc = 2\n', 1],
    ['a {\n    b = 1\n}\n', 2],
    ['a {\n  b   = [\n  ]\n}\n', 2],
    ['a =  1\n', 1],
    ['a = 1 \n', 1],
    ['a = 1', 1],
  ])('finds what it would change in %j', (text, line) => {
    expect(terraformFormatFaults(text).map((fault) => Number.parseInt(fault, 10))).toContain(line);
  });
});
