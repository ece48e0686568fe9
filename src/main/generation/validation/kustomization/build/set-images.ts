import { list, type Mapping } from '../../plain.ts';
import type { Built } from './built.ts';
import { isJson } from './field-path.ts';

/** One entry of `images`, wherever containers stand; the number of images that it changed. */
export function setImages(all: readonly Built[], entry: Mapping): number {
  let changed = 0;
  const name = String(entry.name);
  const walk = (value: unknown): void => {
    for (const item of list(value)) walk(item);
    if (!isJson(value)) return;
    for (const [key, held] of Object.entries(value)) {
      if (key === 'containers' || key === 'initContainers') {
        for (const container of list(held)) {
          if (!isJson(container) || typeof container.image !== 'string') continue;
          const { image } = container;
          if (!image.startsWith(name) || !/^(?:[:@][^/]*)?$/.test(image.slice(name.length)))
            continue;
          changed += 1;
          container.image = renamed(image, entry);
        }
      } else walk(held);
    }
  };
  for (const { object } of all) if (object.kind !== 'CustomResourceDefinition') walk(object);
  return changed;
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
