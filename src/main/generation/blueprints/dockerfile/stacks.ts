import { OmegaError } from '#shared/error.ts';
import type { Service } from '#shared/scan.ts';
import { dartStack } from './dart.ts';
import { denoStack } from './deno.ts';
import { dotnetStack } from './dotnet.ts';
import { elixirStack } from './elixir.ts';
import { goStack } from './go.ts';
import { jvmStack } from './jvm.ts';
import { nativeStack } from './native.ts';
import { nodeStack } from './node.ts';
import { phpStack } from './php.ts';
import { pythonStack } from './python.ts';
import { rubyStack } from './ruby.ts';
import { rustStack } from './rust.ts';
import type { Stack } from './stack.ts';
import { staticStack } from './static.ts';
import { swiftStack } from './swift.ts';

const stacks: Readonly<Record<string, Stack>> = {
  javascript: nodeStack,
  typescript: nodeStack,
  python: pythonStack,
  go: goStack,
  rust: rustStack,
  java: jvmStack,
  kotlin: jvmStack,
  scala: jvmStack,
  clojure: jvmStack,
  csharp: dotnetStack,
  fsharp: dotnetStack,
  ruby: rubyStack,
  php: phpStack,
  elixir: elixirStack,
  swift: swiftStack,
  dart: dartStack,
  haskell: nativeStack,
  crystal: nativeStack,
  zig: nativeStack,
  c: nativeStack,
  cpp: nativeStack,
  html: staticStack,
};

/**
 * How a service is built and run.
 * @throws OmegaError `INVALID_INPUT` where no blueprint covers its language.
 */
export function stackOf(service: Service): Stack {
  if (service.kind === 'static') return staticStack;
  const isDeno = service.packageManager?.toLowerCase() === 'deno';
  const stack = isDeno
    ? denoStack
    : Object.hasOwn(stacks, service.language) && stacks[service.language];
  if (stack) return stack;
  throw new OmegaError(
    'INVALID_INPUT',
    `No blueprint covers the language ${JSON.stringify(service.language)} of the service ${JSON.stringify(service.name)}. Covered: ${Object.keys(stacks).join(', ')}. Write its Dockerfile by hand, or leave the service out of the run.`,
    { details: { language: service.language, service: service.name } },
  );
}
