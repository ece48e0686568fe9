import { mapping } from '../plain.ts';
import type { Dashboard } from './schema.ts';
import { variablesIn } from './variables.ts';

/** Whether a panel's or target's data source is a Prometheus; false where the dashboard does not say. */
export function isPrometheus(dashboard: Dashboard, source: unknown): boolean {
  if (typeof source === 'string') return ofName(dashboard, source);
  const { type, uid } = mapping(source);
  if (typeof type === 'string' && variablesIn(type).length === 0) return type === 'prometheus';
  return typeof uid === 'string' && ofName(dashboard, uid);
}

function ofName({ templating, __inputs }: Dashboard, text: string): boolean {
  const [name] = variablesIn(text);
  if (name === undefined) return false;
  const input = __inputs?.find((one) => one.name === name);
  if (input) return input.pluginId === 'prometheus';
  const variable = templating?.list?.find((one) => one.name === name);
  return variable?.type === 'datasource' && variable.query === 'prometheus';
}
