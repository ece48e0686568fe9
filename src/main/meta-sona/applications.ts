import type { Config, ConfigChange } from '#shared/config.ts';
import { OmegaError } from '#shared/error.ts';
import type { Applied, DomainName, Intelligence, SettingMove } from '#shared/intelligence.ts';
import type { Domain } from './domains/domain.ts';
import type { MetaSonaOptions } from './meta-sona.ts';

/** Intelligences of a domain that are looked through for those in force. */
const lookedAt = 500;

/** What is needed to put intelligences in force. */
type ApplicationsOptions = Pick<
  MetaSonaOptions,
  'domains' | 'store' | 'config' | 'setConfig' | 'clock' | 'emit'
>;

/** Puts intelligences in force, by the settings of the app, and back. */
export class Applications {
  readonly #options: ApplicationsOptions;

  constructor(options: ApplicationsOptions) {
    this.#options = options;
  }

  /**
   * Writes the settings of an intelligence, all or none, and notes what they were. Fails with
   * `REFUSED` for one that is not ready or is in force, with `CONFLICT` where the environment holds a
   * setting, and with what the configuration cannot be written for.
   */
  async apply(intelligence: Intelligence): Promise<Intelligence> {
    const { store, config, clock, emit } = this.#options;
    const { id, state, best, spec } = intelligence;
    if (state !== 'ready' || !best) {
      throw new OmegaError(
        'REFUSED',
        `${spec.name} is ${state}; only one that is ready can be applied.`,
      );
    }
    if (isInForce(intelligence))
      throw new OmegaError('REFUSED', `${spec.name} is in force already.`);
    const domain = await this.#domain(spec.domain);
    const moves = movesOf(config.current, domain.settingsOf(best.point));
    // What is so already may be held by the environment, and need not be written.
    const change = moves.filter(({ before, after }) => before !== after);
    await this.#set(Object.fromEntries(change.map(({ setting, after }) => [setting, after])));
    const applied: Applied = { at: clock.now(), moves, undone: null, checkedAt: null };
    const after = { ...intelligence, applied };
    // Another of its domain gives way: its settings are not in force any more.
    for (const other of this.inForce(spec.domain))
      this.#undo(other, `${spec.name} took its place.`);
    store.save(after);
    emit({ type: 'intelligence.applied', id, domain: spec.domain });
    return after;
  }

  /**
   * Puts the settings back that an intelligence in force had moved; those that were changed since by
   * others stay. Fails with `REFUSED` where it is not in force.
   */
  async rollback(intelligence: Intelligence, reason: string): Promise<Intelligence> {
    const { config, emit } = this.#options;
    const { applied, spec, id } = intelligence;
    if (!applied || !isInForce(intelligence)) {
      throw new OmegaError(
        'REFUSED',
        `${spec.name} is not in force; there is nothing to roll back.`,
      );
    }
    const own = applied.moves.filter(
      ({ setting, before, after }) =>
        before !== after && settingOf(config.current, setting) === after,
    );
    const change = Object.fromEntries(own.map(({ setting, before }) => [setting, before]));
    if (own.length > 0) await this.#set(change);
    const undone = this.#undo(intelligence, reason);
    emit({ type: 'intelligence.rolled-back', id, domain: spec.domain, reason });
    return undone;
  }

  /** The intelligences in force, of a domain or of all. */
  inForce(domain: DomainName | null = null): readonly Intelligence[] {
    return this.#options.store.list(domain, lookedAt).filter(isInForce);
  }

  /** Settings that others changed since an intelligence that is in force was applied. */
  moved(): readonly { readonly name: string; readonly setting: string }[] {
    const { config } = this.#options;
    return this.inForce().flatMap(({ spec, applied }) =>
      (applied?.moves ?? [])
        .filter(({ setting, after }) => settingOf(config.current, setting) !== after)
        .map(({ setting }) => ({ name: spec.name, setting })),
    );
  }

  #undo(intelligence: Intelligence, reason: string): Intelligence {
    const { applied } = intelligence;
    if (!applied) return intelligence;
    const undone = { at: this.#options.clock.now(), reason };
    const after = { ...intelligence, applied: { ...applied, undone } };
    this.#options.store.save(after);
    return after;
  }

  async #set(change: Readonly<Record<string, unknown>>): Promise<void> {
    const { setConfig } = this.#options;
    if (!setConfig) {
      throw new OmegaError('NOT_AVAILABLE', 'The settings of this runtime cannot be written.');
    }
    await setConfig(change as ConfigChange);
  }

  async #domain(name: DomainName): Promise<Domain> {
    const domain = (await this.#options.domains()).find((one) => one.name === name);
    if (domain) return domain;
    throw new OmegaError('NOT_AVAILABLE', `Nothing of the domain ${name} can be set here.`);
  }
}

/** Whether its settings are in force. */
export function isInForce({ applied }: Intelligence): boolean {
  return applied !== null && applied.undone === null;
}

/** What a change would move, each setting as it is and will be. */
export function movesOf(config: Config, change: ConfigChange): SettingMove[] {
  return Object.entries(change).map(([setting, after]) => ({
    setting,
    before: settingOf(config, setting) as SettingMove['before'],
    after: after as SettingMove['after'],
  }));
}

function settingOf(config: Config, setting: string): unknown {
  const [section = '', field = ''] = setting.split('.');
  return (config as unknown as Record<string, Record<string, unknown>>)[section]?.[field];
}
