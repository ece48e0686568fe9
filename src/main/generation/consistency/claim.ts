/**
 * A file to compare with the others of its project; `service` is the label of the one that it is made
 * for, null where that is not known: then a Compose file that builds a Dockerfile may tell.
 */
export type ComparedFile = {
  readonly path: string;
  readonly content: string;
  readonly service: string | null;
};

/** What files can say of a service. */
export type ClaimAbout = 'port' | 'image' | 'variable';

/** One thing that a file says of a service, by the service's label; `line` is 1-based. */
export type Claim = {
  readonly service: string;
  readonly about: ClaimAbout;
  readonly value: string;
  /** Of variables: passed on where it is there, so that a file without it says nothing else. */
  readonly optional?: true;
  readonly path: string;
  readonly line: number;
};

/**
 * Whether a file itself tells the program on which port to listen. Then what an image says of itself is
 * overruled, and nothing follows for other files.
 */
export function setsPort(variables: Iterable<readonly [name: string, value: unknown]>): boolean {
  for (const [name, value] of variables) {
    if (/(?:^|_)PORT$/.test(name) && /^\d+$/.test(String(value))) return true;
  }
  return false;
}

/** An image without its registry: the last two parts of its name, and its tag. Digests are left out. */
export function imageName(reference: string): string {
  const [named = ''] = reference.split('@');
  return named.split('/').slice(-2).join('/');
}
