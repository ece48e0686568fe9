/** What an image runs whose start nobody knows yet: it says so and ends. The scan takes it for no command. */
export const noStart = "echo 'No start command: set CMD in the Dockerfile' >&2; exit 64";
