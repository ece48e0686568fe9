import { type Hcl, ref } from './hcl/value.ts';
import type { TerraformService } from './stack.ts';

/**
 * Services whose secrets that only the user knows have one value where several processes of one source
 * need them: what a web process signs, its worker must be able to read. `shared` are the names of these
 * values, `service.NAME`.
 */
export function withShared(services: readonly TerraformService[]): {
  readonly services: readonly TerraformService[];
  readonly shared: readonly string[];
} {
  const shared: string[] = [];
  const byPath = Map.groupBy(services, ({ service }) => service.path);
  const own = services.map((one) => {
    const beside = byPath.get(one.service.path) ?? [];
    const common = one.ownSecrets.filter(
      (name) => beside.filter(({ ownSecrets }) => ownSecrets.includes(name)).length > 1,
    );
    if (common.length === 0) return one;
    const values: Record<string, Hcl> = {};
    for (const name of common) {
      const first = beside.find(({ ownSecrets }) => ownSecrets.includes(name)) ?? one;
      const key = `${first.key}.${name}`;
      if (!shared.includes(key)) shared.push(key);
      values[name] = ref(`random_password.shared["${key}"].result`);
    }
    return {
      ...one,
      ownSecrets: one.ownSecrets.filter((name) => !common.includes(name)),
      wiredSecrets: { ...one.wiredSecrets, ...values },
    };
  });
  return { services: own, shared };
}
