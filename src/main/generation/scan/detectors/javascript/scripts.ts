import { dependsOn, type PackageManifest } from './package-json.ts';

/** Commands that serve developers: they watch, reload or compile on the fly. */
const development =
  /\b(?:nodemon|ts-node-dev|tsnd|node-dev|tsx watch|webpack-dev-server|live-server|browser-sync|wrangler dev|netlify dev|vercel dev|storybook dev|start-storybook|expo start|react-native start|electron(?:-forge start|-vite)?)\b|\s--(?:watch|hot|inspect(?:-brk)?|serve)\b|\b(?:next|nuxt|nuxi|astro|remix|react-router|vinxi|strapi|vitepress|vuepress|eleventy|tauri|medusa|rsbuild|umi|max) (?:dev|develop)\b|\bvite(?! preview| build)(?:\s|$)|\b(?:react-scripts|craco|react-app-rewired|docusaurus|ember) s(?:tart|erve)\b|\bng s(?:erve)?\b|\bvue-cli-service serve\b|\bgatsby develop\b|\bwebpack serve\b|\bparcel(?! build)(?:\s|$)|\bnest start\b/;

/** Commands that run those of other packages. */
const orchestrating =
  /\b(?:turbo|nx|lerna|rush)\b|\bpnpm (?:-r|--recursive|--filter|--parallel|-F|-C|--dir)\b|\byarn (?:workspaces?|--cwd)\b|\bnpm [^&|]{0,200}(?:-w|--workspaces?|--prefix)\b|\bcd \w|\bdocker\b/;

const building =
  /^(?:(?:npm|pnpm|yarn|bun)(?: run)? (?:build|compile)\b|tsc\b|tsup\b|next build|vite build|nest build|nuxt build|webpack\b|rimraf\b|rm -rf)/;

/** Programs by the package that brings them, where the two differ. */
const packageOf: Readonly<Record<string, string>> = {
  nest: '@nestjs/cli',
  'remix-serve': '@remix-run/serve',
  'react-router-serve': '@react-router/serve',
  dotenv: 'dotenv-cli',
  'run-s': 'npm-run-all',
  'run-p': 'npm-run-all',
  tsc: 'typescript',
  ng: '@angular/cli',
  strapi: '@strapi/strapi',
  medusa: '@medusajs/cli',
  fastify: 'fastify-cli',
  'babel-node': '@babel/node',
};

/** Scripts that are written out in place of their names in one command. */
const maxExpansions = 30;

/** A script's command with the scripts that it calls written out in place of their names. */
export function expandScript(manifest: PackageManifest, name: string): string {
  let left = maxExpansions;
  const expand = (script: string, callers: readonly string[]): string =>
    (manifest.scripts.get(script) ?? '')
      .slice(0, 2_000)
      .replace(
        /\b(?:npm|pnpm|yarn|bun)(?: run(?:-script)?)? ([\w:.-]+)(?: --(?= )|(?= *(?:&&|\|\||;|$)))/g,
        (call, called: string) => {
          if (!manifest.scripts.has(called) || callers.includes(called) || left === 0) return call;
          left -= 1;
          return expand(called, [...callers, called]);
        },
      );
  return expand(name, [name]);
}

/** Tells whether a command is for developing: it watches, or needs what only the development has. */
export function isDevelopment(command: string): boolean {
  return development.test(command) || isOrchestrating(command);
}

/** Tells whether a command runs those of other packages, so that it says nothing of its own. */
export function isOrchestrating(command: string): boolean {
  return orchestrating.test(command.slice(0, 2_000));
}

/** The steps of a command that do not build anything; building belongs before the start. */
export function withoutBuilding(command: string): string {
  const steps = command.split('&&').map((step) => step.trim());
  const kept = steps.filter((step) => !building.test(step));
  return kept.length > 0 ? kept.join(' && ') : command;
}

const wrapper =
  /^(?:(?:dotenvx?|env-cmd)(?:\s+(?:run|-[efo]\s+\S+|--(?:override|silent|no-override)))*(?:\s+--)?|cross-env(?:-shell)?)\s+/;

/**
 * A command without what only sets variables before it: `NODE_ENV`, which an image sets itself, and
 * files of variables, which an image does not carry.
 */
export function withoutWrapper(command: string): string {
  let rest = command;
  for (let layer = 0; layer < 4; layer += 1) {
    rest = rest.replace(wrapper, '').replace(/^(?:NODE_ENV=\w+\s+)+/, '');
  }
  return rest;
}

/** Tells whether a command begins with a wrapper that production does not install. */
export function isWrapped(manifest: PackageManifest, command: string): boolean {
  const program = wrapper.exec(command)?.[0].split(/\s/)[0];
  if (program === undefined) return false;
  const brings = Object.hasOwn(packageOf, program) ? (packageOf[program] as string) : program;
  return !manifest.dependencies.has(brings);
}

/** The development-only package whose program a command runs; null where production has all it needs. */
export function developmentProgram(manifest: PackageManifest, command: string): string | null {
  for (const step of command.split(/&&|\|\||;|\|/)) {
    const words = step
      .trim()
      .split(/\s+/)
      .filter((word) => !/^\w+=/.test(word));
    const program =
      words[0] === 'npx' || words[0] === 'bunx' || words[1] === 'exec' ? words[1] : words[0];
    if (!program) continue;
    const loader = /\s(?:-r|--require|--import|--loader) (ts-node|tsx|@swc-node)/.exec(step)?.[1];
    for (const name of [program, loader].filter((one) => one !== undefined)) {
      const brings = Object.hasOwn(packageOf, name) ? (packageOf[name] as string) : name;
      if (dependsOn(manifest, brings) && !manifest.dependencies.has(brings)) return brings;
    }
  }
  return null;
}

/** The port that a command asks for. */
export function commandPort(command: string): number | null {
  const match =
    /(?:^|\s)(?:-p|--port|-l|--listen)(?:[= ]+)(?:\$\{?PORT:-)?(\d{2,5})\b|(?:^|\s)PORT=(\d{2,5})\b/.exec(
      command,
    );
  const port = match?.[1] ?? match?.[2];
  return port === undefined ? null : Number(port);
}
