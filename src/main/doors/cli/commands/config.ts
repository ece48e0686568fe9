import { allowedValues } from '#main/core/config/allowed-values.ts';
import { parseText, variablesOf } from '#main/core/config/environment.ts';
import {
  type ConfigChange,
  type ConfigKey,
  type ConfigView,
  configFields,
  configKeys,
  isConfigKey,
} from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { printable } from '../terminal.ts';

/** `omega config list`: every setting, where its value comes from, and what it takes. */
export async function configListCommand(session: Session): Promise<ExitCode> {
  const { terminal } = session;
  const view = await session.call('config.get', {});
  terminal.json(view);
  for (const key of configKeys) {
    const value = terminal.style('bold', shown(valueAt(view, key)));
    terminal.line(`${key} = ${value} ${terminal.style('dim', `(${origin(view, key)})`)}`);
    const takes = `${configFields[key].description} ${sentence(allowedValues(key))}`;
    terminal.line(terminal.style('dim', `    ${takes} ${variablesOf(key).join(' or ')}.`));
  }
  terminal.line(`The file is ${printable(view.file)}.`);
  return view.problems.length > 0 ? exitCodes.findings : exitCodes.fine;
}

/** `omega config get KEY`: the value in effect, by itself. */
export async function configGetCommand(session: Session, name: string): Promise<ExitCode> {
  const key = keyNamed(name);
  const value = valueAt(await session.call('config.get', {}), key);
  session.terminal.json(value);
  session.terminal.line(shown(value));
  return exitCodes.fine;
}

/** `omega config set KEY VALUE`: writes it into the file; a running app takes it up at once. */
export async function configSetCommand(
  session: Session,
  name: string,
  text: string,
): Promise<ExitCode> {
  const key = keyNamed(name);
  const value = parseText(key, text);
  if (value === null) {
    throw new OmegaError('INVALID_INPUT', `${key} takes ${allowedValues(key)}, not "${text}".`);
  }
  const view = await session.call('config.set', { [key]: value.parsed } as ConfigChange);
  session.terminal.json(view);
  session.terminal.line(`${key} = ${shown(valueAt(view, key))}`);
  return exitCodes.fine;
}

function keyNamed(name: string): ConfigKey {
  if (isConfigKey(name)) return name;
  const known = `There are ${configKeys.join(', ')}.`;
  throw new OmegaError('INVALID_INPUT', `"${name}" is no setting. ${known}`);
}

function valueAt({ config }: ConfigView, key: ConfigKey): unknown {
  const [section = '', field = ''] = key.split('.');
  return (config as Record<string, Record<string, unknown>>)[section]?.[field];
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}

function origin({ sources }: ConfigView, key: ConfigKey): string {
  const source = sources[key];
  return source.from === 'environment' ? source.variable : source.from;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)};`;
}
