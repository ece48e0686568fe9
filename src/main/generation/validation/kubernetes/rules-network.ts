import { isIP } from 'node:net';
import { list, type Mapping, mapping } from '../plain.ts';
import { quote } from '../report.ts';
import type { YamlPath } from '../yaml/line-of-path.ts';
import type { Resource } from './resource.ts';
import { isSubdomain } from './rules-names.ts';

const ingressUrl = 'https://kubernetes.io/docs/concepts/services-networking/ingress/';
const policyUrl = 'https://kubernetes.io/docs/concepts/services-networking/network-policies/';

/** An Ingress leads somewhere: rules or a default, hosts that are names, absolute paths, one backend each. */
export function judgeIngress(resource: Resource): void {
  const { say } = resource;
  const { rules, defaultBackend } = mapping(resource.value.spec);
  if (list(rules).length === 0 && defaultBackend === undefined) {
    const message = 'An Ingress needs rules or a defaultBackend. Add one.';
    say('missing-field', 'error', ['spec'], message, ingressUrl);
  }
  if (defaultBackend !== undefined)
    judgeBackend(resource, defaultBackend, ['spec', 'defaultBackend']);
  list(rules).forEach((entry, index) => {
    const { host, http } = mapping(entry);
    const at = ['spec', 'rules', index];
    if (typeof host === 'string' && host !== '' && !isHost(host)) {
      const message = `${quote(host)} is no host: a DNS name, at most with *. before it, no port and no address.`;
      say('invalid-host', 'error', [...at, 'host'], message, `${ingressUrl}#hostname-wildcards`);
    }
    list(mapping(http).paths).forEach((one, place) => {
      const { path, pathType, backend } = mapping(one);
      const here = [...at, 'http', 'paths', place];
      const isFree = pathType === 'ImplementationSpecific' && (path === undefined || path === '');
      if (pathType !== undefined && !isFree && !String(path ?? '').startsWith('/')) {
        const message = `The path ${quote(String(path ?? ''))} must begin with a slash.`;
        say('invalid-path', 'error', [...here, 'path'], message, `${ingressUrl}#path-types`);
      }
      if (backend !== undefined) judgeBackend(resource, backend, [...here, 'backend']);
    });
  });
}

function isHost(host: string): boolean {
  return isSubdomain(host.replace(/^\*\./, '')) && isIP(host) === 0;
}

function judgeBackend({ say }: Resource, held: unknown, path: YamlPath): void {
  const { service, resource } = mapping(held);
  const ways = [service, resource].filter((one) => one !== undefined && one !== null).length;
  const { number, name } = mapping(mapping(service).port);
  const ports = [number, name].filter((one) => one !== undefined && one !== null && one !== '');
  if (ways === 1 && (service === undefined || ports.length === 1)) return;
  const message =
    ways === 1
      ? 'A backend names the port of its service by number or by name, one of both. Mend it.'
      : 'A backend is a service or a resource, one of both. Mend it.';
  say('backend', 'error', path, message, `${ingressUrl}#the-ingress-resource`);
}

/** Address ranges of a NetworkPolicy. */
export function judgePolicy({ value, say }: Resource): void {
  const spec = mapping(value.spec);
  for (const [way, side] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    list(spec[way]).forEach((rule, index) => {
      list(mapping(rule)[side]).forEach((peer, place) => {
        const { ipBlock, podSelector, namespaceSelector }: Mapping = mapping(peer);
        if (ipBlock === undefined) return;
        const at = ['spec', way, index, side, place];
        if (podSelector !== undefined || namespaceSelector !== undefined) {
          const message = 'ipBlock stands alone: no podSelector or namespaceSelector beside it.';
          say('ip-block', 'error', at, message, policyUrl);
        }
        const { cidr, except } = mapping(ipBlock);
        for (const one of [cidr, ...list(except)]) {
          if (typeof one !== 'string' || isCidr(one)) continue;
          const message = `${quote(one)} is no range of addresses. Write it such as 10.0.0.0/8.`;
          say('ip-block', 'error', [...at, 'ipBlock', 'cidr'], message, policyUrl);
        }
      });
    });
  }
}

function isCidr(text: string): boolean {
  const [, address = '', bits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}
