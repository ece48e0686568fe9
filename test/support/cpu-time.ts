/** Milliseconds of processor time that this process has taken: unlike a clock, deaf to what else the machine does. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
