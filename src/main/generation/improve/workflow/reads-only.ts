import { list, mapping } from '../../validation/plain.ts';

/** Actions that write nothing with the token of their job, by owner or by name. */
const readers =
  /^(?:actions\/(?:checkout|cache|setup-[a-z]+|upload-artifact|download-artifact)|docker\/setup-[a-z]+-action|pnpm\/action-setup|oven-sh\/setup-bun|astral-sh\/setup-uv|ruby\/setup-ruby|erlef\/setup-beam|denoland\/setup-deno|shivammathur\/setup-php|Swatinem\/rust-cache|dtolnay\/rust-toolchain|actions-rust-lang\/setup-rust-toolchain|gradle\/actions|hashicorp\/setup-terraform|azure\/setup-[a-z]+|golangci\/golangci-lint-action|subosito\/flutter-action|dart-lang\/setup-dart|haskell-actions\/setup|crystal-lang\/install-crystal|taiki-e\/install-action|arduino\/setup-task|hadolint\/hadolint-action|rhysd\/actionlint|crate-ci\/typos)(?:\/|$)/i;
/** Scripts that publish, push, or talk to GitHub. */
const writing =
  /\bgit\s+(?:push|tag|fetch|pull|submodule|lfs|remote)\b|\bgh\s|\bhub\s|github\.token|GITHUB_TOKEN|GH_TOKEN|\b(?:publish|release|deploy|push)\b|changeset|semantic-release|lerna|docker\s+login/i;

/**
 * Whether a job of a workflow only reads the repository, as far as can be told: all its actions are
 * known to, and no script or input hints at more.
 */
export function readsOnly(job: unknown): boolean {
  const { steps, uses } = mapping(job);
  if (uses !== undefined || !Array.isArray(steps)) return false;
  return list(steps).every((step) => {
    const { uses: action, run, with: inputs, env } = mapping(step);
    const name = typeof action === 'string' ? (action.split('@', 1)[0] ?? '') : null;
    if (name !== null && !readers.test(name)) return false;
    return !writing.test(`${String(run ?? '')}\n${JSON.stringify([inputs ?? '', env ?? ''])}`);
  });
}
