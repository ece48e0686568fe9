import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** A rectangle of the desktop, in device-independent pixels. */
export type Bounds = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const side = z.int().min(200).max(20_000);
const windowStateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: side, height: side }).nullable(),
  maximized: z.boolean(),
});

/** Where the window was; `bounds` null lets the system place it. */
export type WindowState = z.infer<typeof windowStateSchema>;

const initialState: WindowState = { bounds: null, maximized: false };

/** Reads the state; the initial one where the file is missing, broken, or its screen is gone. */
export function readWindowState(file: string, screens: readonly Bounds[]): WindowState {
  try {
    const state = windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { bounds } = state;
    return bounds && screens.some((screen) => canGrab(bounds, screen)) ? state : initialState;
  } catch {
    return initialState;
  }
}

/** Keeps the state; a failure is silent, since it costs the user a window's place and nothing else. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // See above.
  }
}

/** Whether enough of the title bar lies on the screen to drag the window by. */
function canGrab(window: Bounds, screen: Bounds): boolean {
  const visible =
    Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  return visible >= 100 && window.y >= screen.y && window.y <= screen.y + screen.height - 40;
}
