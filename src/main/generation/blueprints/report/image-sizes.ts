import { imageParts } from '../../improve/dockerfile/base-image.ts';
import { readDockerfile } from '../../improve/dockerfile/dockerfile-text.ts';

/** Where the sizes come from, for the reader of a table of them. */
export const sizesSource =
  'Sizes of base images are round figures, unpacked, for linux/amd64, as such images were in 2025; tags change, and nothing was downloaded to measure them.';

/** MB of base images, by repository and the kind of tag; the first that fits counts. */
const sizes: readonly (readonly [repository: RegExp, tag: RegExp, megabytes: number])[] = [
  [/^scratch$/, /^/, 0],
  [/^gcr\.io\/distroless\/static/, /^/, 2],
  [/^gcr\.io\/distroless\/cc/, /^/, 25],
  [/^gcr\.io\/distroless\/base/, /^/, 20],
  [/^gcr\.io\/distroless\/java/, /^/, 200],
  [/^alpine$/, /^/, 8],
  [/^debian$/, /slim/, 75],
  [/^debian$/, /^/, 120],
  [/^ubuntu$/, /^/, 78],
  [/^node$/, /alpine/, 150],
  [/^node$/, /slim/, 220],
  [/^node$/, /^/, 1_100],
  [/^python$/, /alpine/, 50],
  [/^python$/, /slim/, 125],
  [/^python$/, /^/, 1_000],
  [/^ruby$/, /slim/, 200],
  [/^ruby$/, /alpine/, 90],
  [/^ruby$/, /^/, 1_000],
  [/^php$/, /alpine/, 100],
  [/^php$/, /^/, 500],
  [/^golang$/, /alpine/, 250],
  [/^golang$/, /^/, 850],
  [/^eclipse-temurin$/, /jre/, 270],
  [/^eclipse-temurin$/, /^/, 450],
  [/^mcr\.microsoft\.com\/dotnet\/aspnet$/, /^/, 220],
  [/^mcr\.microsoft\.com\/dotnet\/runtime$/, /^/, 195],
  [/^mcr\.microsoft\.com\/dotnet\/sdk$/, /^/, 850],
  [/nginx/, /alpine/, 50],
  [/nginx/, /^/, 190],
  [/^oven\/bun$/, /slim/, 190],
  [/^denoland\/deno$/, /^/, 190],
];

/** The base of the image that a Dockerfile makes, and about how many MB that alone has; null where nobody knows. */
export function baseOf(
  dockerfile: string,
): { readonly image: string; readonly megabytes: number | null } | null {
  const image = readDockerfile(dockerfile)?.chain.at(-1)?.base;
  if (!image) return null;
  const { repository, tag } = imageParts(image);
  const known = sizes.find(([name, kind]) => name.test(repository) && kind.test(tag ?? ''));
  return { image, megabytes: image.includes('$') ? null : (known?.[2] ?? null) };
}
