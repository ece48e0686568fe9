import { textsOf } from '../validation/terraform/hcl/read-values.ts';
import type { TerraformModule } from '../validation/terraform/module.ts';
import { type Place, placeText, type Workload } from './claim.ts';
import { type Comparison, finding, type PlacedFinding } from './compare-claims.ts';
import { baseName, imageName, isSameImage } from './image-name.ts';
import { fieldsOf, resolved } from './terraform-values.ts';

/**
 * Whether the images that a module runs are among the repositories that it makes: a list called
 * `repositories` that holds some of them is taken for the list of all that are the project's own.
 */
export function registryLinks(module: TerraformModule, workloads: readonly Workload[]): Comparison {
  const findings: PlacedFinding[] = [];
  let compared = 0;
  const lists = [...module.modules.values()].flatMap(({ item, file }) => {
    const held = resolved(module, fieldsOf(item.body).get('repositories'));
    const at: Place = { path: file.path, line: held?.line ?? item.line };
    const made = textsOf(held)
      .map(imageName)
      .filter((one) => one !== null);
    // A list that is not written out in full may hold more.
    return held?.type === 'tuple' && made.length === held.items.length ? [{ at, made }] : [];
  });
  const images = workloads.flatMap(({ service, image }) => {
    const name = image ? imageName(image.value) : null;
    return image && name !== null ? [{ service, name, at: image.at }] : [];
  });
  for (const { at, made } of lists) {
    const known = Map.groupBy(made, baseName);
    const has = (name: string) => known.get(baseName(name))?.some((one) => isSameImage(one, name));
    const missing = images.filter(({ name }) => !has(name));
    if (missing.length === images.length) continue;
    compared += images.length;
    for (const one of missing) {
      const message = `The image of "${one.service}" is ${one.name.replace(/:\*$/, '')}, and the repositories that are made in ${placeText(at)} do not include it. Add it there, or use the name that is there.`;
      findings.push(finding('omega/image-differs', 'warning', one.at, message));
    }
  }
  return { compared, findings };
}
