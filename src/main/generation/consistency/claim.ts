/**
 * A file to compare with the others of its project; `service` is the label of the one that it is made
 * for, null where that is not known: then a Compose file that builds a Dockerfile may tell.
 */
export type ComparedFile = {
  readonly path: string;
  readonly content: string;
  readonly service: string | null;
};

/** A line of a file, 1-based. */
export type Place = { readonly path: string; readonly line: number };

/** A place as messages name it. */
export function placeText({ path, line }: Place): string {
  return `${path} (line ${line})`;
}

/** What files can say of a service. */
export type ClaimAbout = 'port' | 'image' | 'variable' | 'build';

/** One thing that a file says of a service, by the service's label. */
export type Claim = {
  readonly service: string;
  readonly about: ClaimAbout;
  readonly value: string;
  /** Of variables: passed on where it is there, so that a file without it says nothing else. */
  readonly optional?: true;
  /** More is given from outside the file, so that nothing follows from what it leaves out. */
  readonly partial?: true;
  /** Where it runs may ask for more variables of its own, so that these contradict nothing. */
  readonly adds?: true;
  /** Of ports: the port on which a variable beside it tells the program to listen. */
  readonly told?: string;
  /** Whose claims are compared as one: the file that deploys the service, or builds it. */
  readonly file: string;
  /** Where it is said, which for a chart may be its values. */
  readonly at: Place;
};

/** A variable that a file sets; `value` is null where it comes from elsewhere. */
export type GivenVariable = {
  readonly name: string;
  readonly value: string | null;
  readonly optional: boolean;
  readonly at: Place;
};

/** A service as one file runs it. */
export type Workload = {
  readonly service: string;
  readonly file: string;
  /** As it is written, with registry and tag; null where the file does not tell. */
  readonly image: { readonly value: string; readonly at: Place } | null;
  readonly ports: readonly { readonly value: string; readonly at: Place }[];
  readonly variables: readonly GivenVariable[];
  /** Whether more variables may come from outside the file. */
  readonly partial: boolean;
  /** Whether it is a chart's or of Terraform, which have variables that only they need. */
  readonly adds?: true;
};
