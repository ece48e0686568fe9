/** A program that can ask a service for its health, by what an image has to bring for it. */
export type HealthTool = 'node' | 'python' | 'wget' | 'curl';

/** What is known of the service that a Dockerfile is for; improvements that need a fact are left out without it. */
export type DockerfileFacts = {
  readonly language: string;
  /** As the project pins it: `22`, `3.12`. Null where it pins none. */
  readonly version: string | null;
  /** The port that the source listens on; null where only the Dockerfile itself names one. */
  readonly port: number | null;
  /** Whether it keeps files that outlive the container, or writes below its own folder. */
  readonly writes: boolean;
  /** HEALTHCHECK instructions for the path that the source answers; null where it shows none. */
  readonly health: Readonly<Record<HealthTool, string>> | null;
};
