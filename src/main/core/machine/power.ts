import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Longest that a system's own tool may take to answer, in ms. */
const limitMs = 10_000;
const run = promisify(execFile);

/**
 * Whether the machine runs on battery now; null where that cannot be told. Linux says it in
 * sysfs (Documentation/ABI/testing/sysfs-class-power), macOS by `pmset`, Windows by the CIM class
 * `Win32_Battery`.
 */
export async function isOnBattery(platform: NodeJS.Platform = process.platform) {
  try {
    if (platform === 'linux') return await linuxOnBattery();
    if (platform === 'darwin') {
      const { stdout } = await run('pmset', ['-g', 'batt'], { timeout: limitMs });
      return pmsetOnBattery(stdout);
    }
    if (platform !== 'win32') return null;
    const query = '(Get-CimInstance -ClassName Win32_Battery).BatteryStatus';
    const args = ['-NoProfile', '-NonInteractive', '-Command', query];
    const { stdout } = await run('powershell.exe', args, { timeout: limitMs, windowsHide: true });
    return windowsOnBattery(stdout);
  } catch {
    return null;
  }
}

/** Whether a Linux machine runs on battery, by the supplies in `folder`. */
export async function linuxOnBattery(folder = '/sys/class/power_supply'): Promise<boolean | null> {
  const names = await readdir(folder).catch(() => []);
  const supplies = await Promise.all(names.map((name) => supplyOf(join(folder, name))));
  // A mouse has a battery too: its scope is its own device.
  const own = supplies.filter(({ scope }) => scope !== 'Device');
  if (own.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  const batteries = own.filter(({ type }) => type === 'Battery');
  if (batteries.length === 0) return own.length === 0 ? null : false;
  return batteries.some(({ status }) => status === 'Discharging');
}

async function supplyOf(folder: string) {
  const read = (name: string): Promise<string> =>
    readFile(join(folder, name), 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
  const [type, online, status, scope] = await Promise.all(
    ['type', 'online', 'status', 'scope'].map(read),
  );
  return { type, online, status, scope };
}

/** Reads what `pmset -g batt` prints. */
export function pmsetOnBattery(text: string): boolean | null {
  const source = /Now drawing from '([^']+)'/.exec(text)?.[1];
  return source === undefined ? null : source === 'Battery Power';
}

/** Reads `BatteryStatus` of each battery, a line each: 1 is discharging. None: a machine without. */
export function windowsOnBattery(text: string): boolean {
  return text.split(/\s+/).includes('1');
}
