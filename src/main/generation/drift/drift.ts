import type { ArtifactKind } from '#shared/artifact.ts';

/** A line of a project's file, 1-based. */
export type DriftPlace = { readonly path: string; readonly line: number };

/**
 * What files do not say though the sources do: a `port` that is opened, a `backing` service that is
 * talked to, a `variable` that the source cannot do without, or the `service` itself, where files of
 * the kind speak of others (and a service without a Dockerfile).
 */
export const driftAbouts = ['service', 'port', 'backing', 'variable'] as const;
/** One of {@link driftAbouts}. */
export type DriftAbout = (typeof driftAbouts)[number];

/** One thing that a project's sources say and its infrastructure files do not. */
export type Drift = {
  readonly about: DriftAbout;
  readonly service: string;
  /** The port, the system, the variable's name, or the service's. */
  readonly value: string;
  /** The kind of file that lacks it. */
  readonly kind: ArtifactKind;
  /** Where the sources say it. */
  readonly evidence: DriftPlace;
  /** Where the file speaks of the service; null where none does. */
  readonly lackedBy: DriftPlace | null;
};

/** A place as people and editors write it: `server.js:6`. */
export function driftPlaceText({ path, line }: DriftPlace): string {
  return `${path}:${line}`;
}

const says: Readonly<Record<DriftAbout, (drift: Drift) => string>> = {
  service: ({ service }) => `There is a service "${service}"`,
  port: ({ service, value }) => `"${service}" opens port ${value}`,
  backing: ({ service, value }) => `"${service}" talks to ${value}`,
  variable: ({ service, value }) => `"${service}" needs the variable ${value}`,
};

/** The drift as a sentence, with both places. */
export function driftText(drift: Drift): string {
  const { kind, evidence, lackedBy } = drift;
  const where = lackedBy ? driftPlaceText(lackedBy) : `no file of the kind ${kind}`;
  const end = lackedBy ? `${where} does not have it` : `${where} is for it`;
  return `${says[drift.about](drift)} (${driftPlaceText(evidence)}); ${end}.`;
}

/** What tells one drift from another, wherever its lines move to. */
export function driftKey({ about, service, value, kind, lackedBy }: Drift): string {
  return JSON.stringify([about, service, value, kind, lackedBy?.path ?? null]);
}
