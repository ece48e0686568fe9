/**
 * Why no window can be opened here, or null where one can.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function noDisplayReason(env = process.env, platform = process.platform) {
  if (platform === 'win32' || platform === 'darwin') return null;
  return env.DISPLAY || env.WAYLAND_DISPLAY
    ? null
    : 'there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)';
}
