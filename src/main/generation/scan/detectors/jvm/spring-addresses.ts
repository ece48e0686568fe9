import type { Draft, Place } from '../../draft.ts';
import type { Library } from './frameworks.ts';

const local = /^http:\/\/(?:localhost|127\.0\.0\.1):\d{2,5}(?:\/\S{0,200})?$/;

/**
 * Spring takes any setting from a variable of the same name in capitals
 * (https://docs.spring.io/spring-boot/reference/features/external-config.html, relaxed binding), so
 * an address of the developer's machine in a settings file is the default of such a variable.
 */
export function readAddress(draft: Draft, key: string, value: string, at: Place): void {
  if (draft.get('framework') !== 'spring-boot' || !local.test(value)) return;
  if (!/^[A-Za-z][\w.-]{0,150}$/.test(key)) return;
  const name = key.replaceAll('-', '').replaceAll('.', '_').toUpperCase();
  draft.reads({ name, required: false, address: value, ...at });
}

/** Where a client of Eureka looks for the registry that nothing names. */
export function readEureka(draft: Draft, libraries: readonly Library[]): void {
  const client = libraries.find(({ name }) =>
    /:spring-cloud-starter-netflix-eureka-client$/.test(name),
  );
  const name = 'EUREKA_CLIENT_SERVICEURL_DEFAULTZONE';
  if (!client || draft.variables.some((one) => one.name === name)) return;
  draft.reads({ name, required: false, address: 'http://localhost:8761/eureka/', ...client.at });
}
