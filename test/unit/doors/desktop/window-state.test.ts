import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from '#main/doors/desktop/window-state.ts';

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];
const initial = { bounds: null, maximized: false };
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omega-window-'));
  file = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the window state', () => {
  it('comes back as it was', () => {
    const state = { bounds: { x: 2000, y: 20, width: 900, height: 700 }, maximized: true };
    writeWindowState(file, state);
    expect(readWindowState(file, screens)).toEqual(state);
  });

  it('forgets a place on a screen that is gone, so that the window cannot be lost', () => {
    const bounds = { x: 2000, y: 20, width: 900, height: 700 };
    writeWindowState(file, { bounds, maximized: false });
    expect(readWindowState(file, screens.slice(0, 1))).toEqual(initial);
  });

  it.each(['', '{', 'null', '{"bounds":{"x":0,"y":0,"width":1e9,"height":1},"maximized":false}'])(
    'starts anew where the file holds %s',
    (text) => {
      writeFileSync(file, text);
      expect(readWindowState(file, screens)).toEqual(initial);
    },
  );

  it('costs nothing but the place where the folder cannot be written', () => {
    writeWindowState(join(folder, 'missing', 'window.json'), initial);
    expect(readWindowState(join(folder, 'missing', 'window.json'), screens)).toEqual(initial);
  });
});
