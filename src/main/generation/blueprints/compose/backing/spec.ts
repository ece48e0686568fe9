/** How Compose runs one stateful system. `$` in texts is Compose's own; containers see `$$`. */
export interface BackingSpec {
  readonly image: string;
  readonly port: number;
  readonly user: string;
  /** Name of the variable in `.env` that holds the password, or null where there is none. */
  readonly passwordVariable: string | null;
  readonly database: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly health: readonly string[];
  readonly startPeriod: string;
  /** Where the data lies in the container, or null for what keeps none. */
  readonly data: string | null;
}

/** The password in `.env`, which Compose asks for by name where it is missing. */
export function secret(variable: string): string {
  return `\${${variable}:?set ${variable} in .env}`;
}

/** What most systems share: user and database of ours, and time to start. */
export const common = { user: 'app', database: 'app', startPeriod: '20s' } as const;
