/**
 * The address to hand to the system's browser for a link of the page, or null where it must not be
 * opened. Only https: other schemes start other programs, with text that a scanned file may have chosen.
 */
export function externalLink(address: string): string | null {
  if (address.length > 2048 || !URL.canParse(address)) return null;
  const { protocol, username, password, hostname, href } = new URL(address);
  const isPlain = protocol === 'https:' && username === '' && password === '' && hostname !== '';
  return isPlain ? href : null;
}
