import { isImageName } from '../image-name.ts';
import { list, mapping } from '../plain.ts';
import { quote, type Report } from '../report.ts';
import type { ComposeFile } from './model.ts';

const docs = 'https://docs.docker.com/reference/compose-file/services/';
const duration = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d))+$/;
const truth = /^(?:true|false|yes|no|on|off|y|n|1|0)$/i;

const flags = ['privileged', 'tty', 'stdin_open', 'read_only', 'init', 'oom_kill_disable'];

/** Texts that the schema lets pass, since they may come from variables, and that Compose then refuses. */
export function judgeValues(file: ComposeFile, report: Report): void {
  for (const [name, service] of file.services) {
    const refuse = (path: readonly (string | number)[], value: unknown, wanted: string): void => {
      const line = file.lineOf(['services', name, ...path]);
      const message = `${quote(path.join('.'))} must be ${wanted}, and is ${quote(String(value))}.`;
      report.add('compose/schema', 'error', line, message, `${docs}#${path[0]}`);
    };
    for (const flag of flags) {
      const value = service[flag];
      if (isLiteral(value) && !truth.test(value)) refuse([flag], value, 'true or false');
    }
    const check = mapping(service.healthcheck);
    for (const key of ['interval', 'timeout', 'start_period', 'start_interval']) {
      const value = check[key];
      if (isLiteral(value) && !duration.test(value))
        refuse(['healthcheck', key], value, 'a time such as 30s');
    }
    if (isLiteral(check.retries) && !/^\d+$/.test(check.retries)) {
      refuse(['healthcheck', 'retries'], check.retries, 'a whole number');
    }
    const [first] = list(check.test);
    if (isLiteral(first) && !/^(?:CMD|CMD-SHELL|NONE)$/.test(first)) {
      refuse(['healthcheck', 'test'], first, 'a list that begins with CMD, CMD-SHELL or NONE');
    }
    const { replicas } = mapping(service.deploy);
    if (isLiteral(replicas) && !/^\d+$/.test(replicas))
      refuse(['deploy', 'replicas'], replicas, 'a whole number');
    if (
      isLiteral(service.restart) &&
      !/^(?:no|always|unless-stopped|on-failure(?::\d+)?)$/.test(service.restart)
    ) {
      refuse(['restart'], service.restart, 'no, always, on-failure or unless-stopped');
    }
    if (isLiteral(service.image) && !isImageName(service.image)) {
      refuse(['image'], service.image, 'an image such as name:tag, in lower case');
    }
  }
}

/** A text whose value is known: not absent, not of another type, and without `${…}`. */
function isLiteral(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('$');
}
