import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduceNodeRange } from '#main/generation/scan/detectors/javascript/version-range.ts';

describe('reduceNodeRange', () => {
  it.each([
    ['20', '20'],
    ['v20.11.1', '20'],
    ['^20.11', '20'],
    ['~22.3', '22'],
    ['20.x', '20'],
    ['=18.0.0', '18'],
    ['>=18.17', '18'],
    ['>= 18.17.0', '18'],
    ['>=19', '20'],
    ['>18', '20'],
    ['>16', '24'],
    ['>=8', '24'],
    ['>=20 <23', '22'],
    ['>=20.0.0 <21', '20'],
    ['<=20', '20'],
    ['<23.1', '22'],
    ['18 - 22', '22'],
    ['>=23 <24', '23'],
    ['>=26 <29', '26'],
    ['^18 || ^20 || >=22', '22'],
    ['^18.18.0 || ^20.9.0 || >=21.1.0', '22'],
    ['18 || 20', '20'],
    ['lts/*', '24'],
    ['lts/iron', '20'],
    ['Jod', '22'],
    ['node', '24'],
    ['nodejs-20', '20'],
    ['', null],
    ['*', null],
    ['lts/unheard', null],
    ['workspace:*', null],
    ['constructor', null],
  ])('%s → %s', (range, major) => {
    expect(reduceNodeRange(range)).toBe(major);
  });

  it('never throws and only gives majors, whatever is written there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (range) => {
        expect(reduceNodeRange(range) ?? '0').toMatch(/^\d+$/);
      }),
    );
  });

  it('stays within a bounded range', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 1, max: 9 }), (low, width) => {
        const major = Number(reduceNodeRange(`>=${low} <${low + width}`));
        expect(major).toBeGreaterThanOrEqual(low);
        expect(major).toBeLessThan(low + width);
      }),
    );
  });

  it('takes an exact version as it is, with any patch', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.nat(99), fc.nat(99), (major, minor, patch) => {
        expect(reduceNodeRange(`v${major}.${minor}.${patch}`)).toBe(String(major));
      }),
    );
  });
});
