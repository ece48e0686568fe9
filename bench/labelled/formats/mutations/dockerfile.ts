import { append, type Mutation, rewrite } from '../../labelled.ts';

/** What `docker build` (BuildKit) refuses: syntax, flags, images, stages, ports, times. */
export const mutations: readonly Mutation[] = [
  rewrite('a misspelt RUN', /^RUN(?=\s)/m, 'RNU'),
  rewrite('a misspelt COPY', /^COPY(?=\s)/m, 'COPPY'),
  rewrite('a misspelt ENTRYPOINT or CMD', /^(?:ENTRYPOINT|CMD)(?=\s)/m, 'ENTRPOINT'),
  { name: 'no FROM at all', breaks: (text) => text.replace(/^FROM\s.*$/gim, '#') },
  rewrite('a FROM without an image', /^FROM\s.*$/m, 'FROM'),
  rewrite('an AS without a name', /^(FROM +\S+ +AS) +\S+ *$/im, '$1'),
  rewrite('a space after the colon of a tag', /^(FROM +[^\s:$]+:)(\S+)/m, '$1 $2'),
  rewrite('a tag after a tag', /^(FROM +[^\s:$]+:[^\s$@]+)/m, '$1:latest'),
  rewrite(
    'a digest that is cut off',
    /^(FROM +[^\s:$@]+)(?::[^\s$@]+)(?=\s*$|\s+AS)/im,
    '$1@sha256:4f53',
  ),
  {
    name: 'an image in capitals',
    breaks: (text) => {
      const image = /^FROM +([a-z][\w./-]*):/m.exec(text)?.[1];
      return image === undefined ? null : text.replace(`${image}:`, `${image.toUpperCase()}:`);
    },
  },
  rewrite('a flag that FROM has not', /^FROM +(?=[a-z])/m, 'FROM --arch=amd64 '),
  rewrite(
    'a base of an ARG that nobody declares',
    /^FROM +[^\s$]+/m,
    'FROM $${BASE_IMAGE_OF_NOBODY}',
  ),
  rewrite('an instruction before the first FROM', /^FROM\s/m, 'WORKDIR /app\nFROM '),
  rewrite('a misspelt stage', /^(COPY .*--from=[a-z]{3,})(?=\s)/m, '$1x'),
  rewrite('a COPY without a target', /^COPY +(?:--\S+ +)*([^\s[]+) +\S+ *$/m, 'COPY $1'),
  rewrite('a flag that COPY has not', /^COPY +(?=[^-])/m, 'COPY --mode=755 '),
  rewrite(
    'a COPY of a URL',
    /^COPY +(?:--\S+ +)*[^\s[]+ +(\S+) *$/m,
    'COPY https://example.org/a.tgz $1',
  ),
  rewrite('an ENV without a value', /^ENV +([A-Za-z_]\w*).*(?<!\\)$/m, 'ENV $1'),
  rewrite(
    'a word without = among variables',
    /^(ENV +[A-Za-z_]\w*=[^\s"'\\]+) *$/m,
    '$1 production',
  ),
  rewrite('a quote in ENV that is not closed', /^(ENV +[A-Za-z_]\w*=)[^\s"'\\]+ *$/m, '$1"open'),
  rewrite('a brace that is not closed', /^WORKDIR +\S+/m, 'WORKDIR $${APP_HOME'),
  rewrite('a port above 65535', /^EXPOSE +\d+/m, 'EXPOSE 80800'),
  rewrite('a port by a word', /^EXPOSE +\d+/m, 'EXPOSE http'),
  rewrite('ports with a comma between', /^EXPOSE +(\d+)/m, 'EXPOSE $1,8443'),
  rewrite('a protocol that is misspelt', /^EXPOSE +(\d+)(?:\/\w+)?/m, 'EXPOSE $1/tpc'),
  rewrite('a WORKDIR without a folder', /^WORKDIR +\S.*$/m, 'WORKDIR'),
  rewrite('a USER without a name', /^USER +\S.*$/m, 'USER'),
  {
    name: 'a continuation without its backslash',
    breaks: (text) =>
      /^RUN[^\n]* \\\n\s+&& [a-z]/m.test(text)
        ? text.replace(/^(RUN[^\n]*) \\\n(\s+&& [a-z])/m, '$1\n$2')
        : null,
  },
  rewrite('an unknown kind of mount', /^RUN --mount=type=\w+/m, 'RUN --mount=type=cahce'),
  rewrite('an unknown network', /^RUN +(?=[a-z])/m, 'RUN --network=off '),
  append('SHELL in shell form', 'SHELL /bin/bash -o pipefail -c'),
  append('a health check without CMD', 'HEALTHCHECK curl -f http://localhost/'),
  append('an interval without a unit', 'HEALTHCHECK --interval=30 CMD ["true"]'),
  append('retries that are no number', 'HEALTHCHECK --retries=three CMD ["true"]'),
  append('a signal that is none', 'STOPSIGNAL SIGTREM'),
  append('a FROM as trigger', 'ONBUILD FROM alpine:3'),
  append('a here-document that is not closed', 'RUN <<EOF\necho done'),
  append('a label without a value', 'LABEL maintainer'),
  append('a volume without a name', 'VOLUME [""]'),
  append('a sentence of whoever wrote it', 'This Dockerfile installs all dependencies.'),
  {
    name: 'a fence of Markdown around it',
    breaks: (text) => `\`\`\`dockerfile\n${text.trimEnd()}\n\`\`\`\n`,
  },
];
