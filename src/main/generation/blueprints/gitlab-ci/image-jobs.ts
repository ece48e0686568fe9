import { entry, type Line } from '../ci/ci-lines.ts';
import type { ImageJob } from '../ci/images.ts';

/** Templates and jobs that build each image without rights of the host, scan it, and list what is in it. */
export function imageJobLines(
  images: readonly ImageJob[],
  tests: readonly string[],
): readonly (readonly Line[])[] {
  const needs = tests.length === 0 ? '[]' : `[${tests.join(', ')}]`;
  return [
    [
      '.image:',
      [
        'stage: image',
        '# BuildKit without root: no Docker in Docker, no privileged runner.',
        'image:',
        ['name: moby/buildkit:v0.32.2-rootless', "entrypoint: ['']"],
        `needs: ${needs}`,
        'timeout: 45 minutes',
        'variables:',
        ['BUILDKITD_FLAGS: --oci-worker-no-process-sandbox'],
        'before_script:',
        [
          '- mkdir -p ~/.docker',
          '- auth=$(printf \'%s:%s\' "$CI_REGISTRY_USER" "$CI_REGISTRY_PASSWORD" | base64 | tr -d \'\\n\')',
          '- printf \'{"auths":{"%s":{"auth":"%s"}}}\' "$CI_REGISTRY" "$auth" > ~/.docker/config.json',
        ],
        'script:',
        [
          '# Layers of earlier builds come from the registry; the list of contents (SBOM) and the provenance go with the image.',
          '- |',
          [
            'buildctl-daemonless.sh build --frontend dockerfile.v0 \\',
            [
              '--local context="$CONTEXT" --local dockerfile="$(dirname "$DOCKERFILE")" \\',
              '--opt filename="$(basename "$DOCKERFILE")" \\',
              '--opt attest:sbom= --opt attest:provenance=mode=max \\',
              '--import-cache type=registry,ref="$CI_REGISTRY_IMAGE/$NAME:cache" \\',
              '$EXPORT_CACHE \\',
              '--output type=image,name="$CI_REGISTRY_IMAGE/$NAME:$CI_COMMIT_SHA",push=true',
            ],
          ],
        ],
        'rules:',
        [
          '# Merge requests of forks have no right to push.',
          '- if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_PROJECT_ID',
          ['when: never'],
          '- if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
          [
            'variables:',
            [
              'EXPORT_CACHE: --export-cache type=registry,ref=$CI_REGISTRY_IMAGE/$NAME:cache,mode=max',
            ],
          ],
          '- when: on_success',
        ],
      ],
    ],
    [
      '.scan:',
      [
        'stage: scan',
        'image:',
        ['name: aquasec/trivy:0.72.0', "entrypoint: ['']"],
        'timeout: 30 minutes',
        'variables:',
        [
          'TRIVY_USERNAME: $CI_REGISTRY_USER',
          'TRIVY_PASSWORD: $CI_REGISTRY_PASSWORD',
          'TRIVY_CACHE_DIR: $CI_PROJECT_DIR/.trivy',
        ],
        'cache:',
        ['key: trivy', 'paths:', ['- .trivy/']],
        'script:',
        [
          '- trivy image --format cyclonedx --output "sbom-$NAME.cdx.json" "$CI_REGISTRY_IMAGE/$NAME:$CI_COMMIT_SHA"',
          '# What has no fix yet cannot be mended by whoever waits for this job.',
          '- trivy image --exit-code 1 --severity HIGH,CRITICAL --ignore-unfixed "$CI_REGISTRY_IMAGE/$NAME:$CI_COMMIT_SHA"',
        ],
        'artifacts:',
        [
          'when: always',
          'paths:',
          ['- sbom-$NAME.cdx.json'],
          'reports:',
          ['cyclonedx: sbom-$NAME.cdx.json'],
        ],
        'rules:',
        [
          '- if: $CI_MERGE_REQUEST_SOURCE_PROJECT_ID && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID != $CI_PROJECT_ID',
          ['when: never'],
          '- when: on_success',
        ],
      ],
    ],
    ...images.flatMap(({ label, repository, context, dockerfile }) => [
      [
        `image-${label}:`,
        [
          'extends: .image',
          'variables:',
          [
            entry('NAME', repository),
            `CONTEXT: ${JSON.stringify(context)}`,
            entry('DOCKERFILE', dockerfile),
          ],
        ],
      ],
      [
        `scan-${label}:`,
        ['extends: .scan', `needs: [image-${label}]`, 'variables:', [entry('NAME', repository)]],
      ],
    ]),
  ];
}
