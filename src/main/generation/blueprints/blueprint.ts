import type { Artifact } from '#shared/artifact.ts';
import type { ScanResult, Service } from '#shared/scan.ts';

/**
 * Writes the files of one artifact kind from a scan's facts: pure, deterministic, offline.
 * `service` is null for kinds that span the project (compose). The first artifact is the main
 * file; those after it belong to it (an ignore file beside its Dockerfile).
 */
export type Blueprint = (project: ScanResult, service: Service | null) => readonly Artifact[];
