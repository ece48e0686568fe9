import { list, type Mapping } from '../../plain.ts';
import type { Built, Json } from './built.ts';
import { isJson } from './field-path.ts';

/** A container of any object, wherever it stands. */
type Container = Json & { image: string };

/** The containers of all objects that name an image, for every entry of `images`. */
export function containersIn(all: readonly Built[]): readonly Container[] {
  const found: Container[] = [];
  const walk = (value: unknown): void => {
    for (const item of list(value)) walk(item);
    if (!isJson(value)) return;
    for (const [key, held] of Object.entries(value)) {
      if (key === 'containers' || key === 'initContainers') {
        for (const one of list(held)) if (isContainer(one)) found.push(one);
      } else walk(held);
    }
  };
  for (const { object } of all) if (object.kind !== 'CustomResourceDefinition') walk(object);
  return found;
}

function isContainer(value: unknown): value is Container {
  return isJson(value) && typeof value.image === 'string';
}

/** One entry of `images`; the number of images that it changed. */
export function setImages(containers: readonly Container[], entry: Mapping): number {
  const name = String(entry.name);
  const named = containers.filter(
    ({ image }) => image.startsWith(name) && /^(?:[:@][^/]*)?$/.test(image.slice(name.length)),
  );
  for (const container of named) container.image = renamed(container.image, entry);
  return named.length;
}

function renamed(image: string, { newName, newTag, digest, tagSuffix }: Mapping): string {
  const [, name = image, tag = '', hash = ''] =
    /^(.+?)(?::([^:@/]*))?(?:@(.*))?$/.exec(image) ?? [];
  const called = typeof newName === 'string' && newName !== '' ? newName : name;
  const has = (value: unknown): boolean => value !== undefined && value !== '';
  if (has(newTag) || has(digest)) {
    return `${called}${has(newTag) ? `:${String(newTag)}` : ''}${has(digest) ? `@${String(digest)}` : ''}`;
  }
  if (has(tagSuffix)) return `${called}:${tag}${String(tagSuffix)}`;
  return `${called}${tag === '' ? '' : `:${tag}`}${hash === '' ? '' : `@${hash}`}`;
}
