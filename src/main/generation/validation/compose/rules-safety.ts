import type { Severity } from '#shared/artifact.ts';
import { list, type Mapping, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import { judgeSecret } from '../secrets.ts';
import { type ComposeFile, readVariables } from './model.ts';

const docs = 'https://docs.docker.com/reference/compose-file/services/';
const security = 'https://docs.docker.com/engine/security/';

/** What makes a service unsafe or unlike itself from day to day. */
export function judgeSafety(file: ComposeFile, report: Report): void {
  for (const [name, service] of file.services) {
    const at = ['services', name];
    const line = (...path: readonly (string | number)[]): number => file.lineOf([...at, ...path]);
    judgeImage(name, service, line, file.partial ? 'info' : 'error', report);
    judgeSecrets(service, file, at, report);
    if (service.privileged === true) {
      report.add(
        'compose/privileged',
        'warning',
        line('privileged'),
        'A privileged container can take over the host. Remove privileged, and add single capabilities with cap_add.',
        `${docs}#privileged`,
      );
    }
    for (const key of ['network_mode', 'pid', 'ipc', 'userns_mode'] as const) {
      if (service[key] === 'host') {
        report.add(
          `compose/host-${key === 'network_mode' ? 'network' : key.replace('_mode', '')}`,
          'warning',
          line(key),
          `${key}: host takes away the wall between container and host. Remove it if you can.`,
          `${docs}#${key}`,
        );
      }
    }
    list(service.cap_add).forEach((capability, index) => {
      if (/^(?:cap_)?(?:all|sys_admin)$/i.test(String(capability))) {
        report.add(
          'compose/dangerous-capability',
          'warning',
          line('cap_add', index),
          `${quote(String(capability))} is nearly as much as privileged. Add only what is needed.`,
          `${docs}#cap_add`,
        );
      }
    });
    list(service.security_opt).forEach((option, index) => {
      if (/unconfined|no-new-privileges[:=]false/.test(String(option))) {
        report.add(
          'compose/weakened-security',
          'warning',
          line('security_opt', index),
          `${quote(String(option))} switches a protection off. Remove it.`,
          `${security}seccomp/`,
        );
      }
    });
    list(service.volumes).forEach((volume, index) => {
      const source = typeof volume === 'string' ? volume : String(mapping(volume).source ?? '');
      if (/(?:^|\/)docker\.sock\b/.test(source)) {
        report.add(
          'compose/docker-socket',
          'warning',
          line('volumes', index),
          'Who has the Docker socket is root on the host. Remove the mount, or put a filtering proxy before it.',
          `${security}#docker-daemon-attack-surface`,
        );
      } else if (/^\/(?:etc|proc|sys|boot|root|var\/run|run)?(?::|$)/.test(source)) {
        report.add(
          'compose/host-path',
          'warning',
          line('volumes', index),
          `${quote(source)} opens a system folder of the host. Mount only the files that are needed.`,
          `${docs}#volumes`,
        );
      }
    });
  }
  if (file.root.version !== undefined) {
    report.add(
      'compose/obsolete-version',
      'info',
      file.lineOf(['version']),
      'Compose ignores version. Remove it.',
      'https://docs.docker.com/reference/compose-file/version-and-name/#version-top-level-element-obsolete',
    );
  }
}

type LineOf = (...path: readonly (string | number)[]) => number;

function judgeImage(
  name: string,
  service: Mapping,
  line: LineOf,
  missing: Severity,
  report: Report,
): void {
  const { image, build, extends: extended, provider } = service;
  if (
    image === undefined &&
    build === undefined &&
    extended === undefined &&
    provider === undefined
  ) {
    report.add(
      'compose/no-image',
      missing,
      line(),
      `${quote(name)} has neither image nor build, so there is nothing to run. Add one.`,
      `${docs}#image`,
    );
  }
  if (
    typeof image !== 'string' ||
    image === '' ||
    build !== undefined ||
    image.includes('$') ||
    image.includes('@')
  )
    return;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  if (tag === undefined || tag === 'latest') {
    report.add(
      'compose/unpinned-image',
      'warning',
      line('image'),
      `${quote(image)} moves with every release. Name a version.`,
      `${docs}#image`,
    );
  }
}

function judgeSecrets(
  service: Mapping,
  file: ComposeFile,
  at: readonly string[],
  report: Report,
): void {
  const args = mapping(service.build).args;
  const all = [
    ...readVariables(service.environment, [...at, 'environment']),
    ...readVariables(args, [...at, 'build', 'args']),
  ];
  for (const { name, value, path } of all) {
    const secret = value === null ? null : judgeSecret(name, value);
    if (secret === null) continue;
    const message = `${quote(name)} stands here in plain text. Take it from the environment ("\${${name.replace(/\W/g, '_').toUpperCase()}:?}") or from secrets.`;
    report.add(
      'compose/inline-secret',
      secret === 'certain' ? 'error' : 'warning',
      file.lineOf(path),
      message,
      'https://docs.docker.com/compose/how-tos/use-secrets/',
    );
  }
}
