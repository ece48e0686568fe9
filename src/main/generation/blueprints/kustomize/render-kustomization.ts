import { Document, isMap, type Pair, Scalar, stringify } from 'yaml';
import type { OverlayPatch } from './overlay-patches.ts';

/** An image as the overlay renames it. */
export type OverlayImage = {
  readonly name: string;
  readonly newName?: string;
  readonly newTag: string;
};

/** One patch: what it aims at, its text, and why it is there. */
export type PatchEntry = {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly patch: string;
  readonly comment: string | null;
};

/** What a kustomization of ours says. */
export type KustomizationParts = {
  readonly comment: string;
  readonly namespace?: string;
  readonly resources: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly images?: readonly OverlayImage[];
  readonly imagesComment?: string;
  readonly patches?: readonly PatchEntry[];
};

/** A kustomization.yaml. Empty parts are left out. */
export function renderKustomization(parts: KustomizationParts): string {
  const { namespace, resources, labels, images = [], patches = [] } = parts;
  const document = new Document(
    {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      ...(namespace === undefined ? {} : { namespace }),
      resources,
      ...(labels === undefined ? {} : { labels: [{ pairs: labels, includeSelectors: false }] }),
      ...(images.length === 0 ? {} : { images }),
      ...(patches.length === 0
        ? {}
        : { patches: patches.map(({ target, patch }) => ({ target, patch: literal(patch) })) }),
    },
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  document.commentBefore = parts.comment;
  comment(document, ['images'], parts.imagesComment ?? null);
  for (const [index, entry] of patches.entries())
    comment(document, ['patches', index], entry.comment);
  return document.toString({ lineWidth: 0 });
}

/** The text of a JSON patch, as it stands in a kustomization. */
export function patchText({ operations }: OverlayPatch): string {
  return stringify(operations, { lineWidth: 0, compat: 'yaml-1.1', aliasDuplicateObjects: false });
}

function literal(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}

function comment(document: Document, path: readonly [string, number?], text: string | null): void {
  if (text === null) return;
  const [key, index] = path;
  const lines = text.split('\n').map((line) => ` ${line}`);
  if (index === undefined) {
    const pairs = isMap(document.contents) ? (document.contents.items as Pair<Scalar>[]) : [];
    const pair = pairs.find((one) => one.key.value === key);
    if (pair) pair.key.commentBefore = lines.join('\n');
    return;
  }
  const node = document.getIn([key, index], true);
  if (isMap(node)) node.commentBefore = lines.join('\n');
}
