import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { weaknessOf } from '#main/core/machine/machine.ts';
import { linuxOnBattery, pmsetOnBattery, windowsOnBattery } from '#main/core/machine/power.ts';
import { tempFolder } from '#test/support/temp-folder.ts';

/** A folder like sysfs' power_supply, of supplies by name and their files. */
function supplies(all: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  const folder = tempFolder();
  for (const [name, files] of Object.entries(all)) {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) {
      writeFileSync(join(folder, name, file), `${text}\n`);
    }
  }
  return folder;
}

const discharging = { type: 'Battery', status: 'Discharging', scope: 'System' };

describe('whether a machine runs on battery', () => {
  it('is read from the supplies of Linux, of which a mouse is none', async () => {
    const mouse = { type: 'Battery', status: 'Discharging', scope: 'Device' };
    const full = { type: 'Battery', status: 'Full' };
    const of = (all: Parameters<typeof supplies>[0]) => linuxOnBattery(supplies(all));
    expect(await of({ AC: { type: 'Mains', online: '0' }, BAT0: discharging })).toBe(true);
    expect(await of({ AC: { type: 'Mains', online: '1' }, BAT0: discharging })).toBe(false);
    expect(await of({ ucsi: { type: 'USB', online: '1' }, BAT0: discharging })).toBe(false);
    expect(await of({ BAT0: full, BAT1: discharging })).toBe(true);
    expect(await of({ BAT0: full })).toBe(false);
    expect(await of({ hidpp: mouse })).toBe(null);
    expect(await of({ hidpp: mouse, AC: { type: 'Mains', online: '1' } })).toBe(false);
    expect(await of({})).toBe(null);
    expect(await linuxOnBattery(join(tempFolder(), 'none'))).toBe(null);
  });

  it("is read from what macOS' and Windows' own tools print", () => {
    const battery =
      "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t87%; discharging\n";
    expect(pmsetOnBattery(battery)).toBe(true);
    expect(pmsetOnBattery("Now drawing from 'AC Power'\n")).toBe(false);
    expect(pmsetOnBattery('')).toBe(null);
    expect(windowsOnBattery('1\r\n')).toBe(true);
    expect(windowsOnBattery('2\r\n')).toBe(false);
    expect(windowsOnBattery('11\r\n')).toBe(false);
    expect(windowsOnBattery('')).toBe(false);
  });
});

it('a machine is weak on battery or with little memory, and it is said which', () => {
  expect(weaknessOf({ onBattery: true, memoryMb: 64_000 }, 6_000)).toContain('battery');
  expect(weaknessOf({ onBattery: null, memoryMb: 4_000 }, 6_000)).toContain('4,000 MB');
  expect(weaknessOf({ onBattery: false, memoryMb: 6_000 }, 6_000)).toBe(null);
});
