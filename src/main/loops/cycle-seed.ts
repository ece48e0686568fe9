/** A seed for what a cycle draws: another for each cycle, the same for the same one. */
export function cycleSeed(cycle: string): number {
  return [...cycle].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 2_147_483_647, 7);
}
