import { goodFile } from '../good-file.ts';
import type { GoodFile } from '../labelled.ts';

/** Pipelines of projects and the files that they include, drawn by chance. */
export const good: readonly GoodFile[] = [
  goodFile('AdaCore/langkit', 'b3761db3490ec2d96bd136a37a1e979a92185605', '.gitlab-ci.yml'),
  goodFile('buildroot/buildroot', 'e991fa071605a78c17adba2ed26e07c3b8c95583', '.gitlab-ci.yml'),
  goodFile('coq/coq', 'a2521bedb7093a13ee6941b32511eebdd72a04e6', '.gitlab-ci.yml'),
  goodFile('DataDog/dd-trace-py', '3bb9ecda22830e3303b18b0ffa5abe7586aef6a7', '.gitlab-ci.yml'),
  goodFile('DpRams/NLA', '2d3b5c557c7261b4966c4341d4225ab5bcce429b', '.gitlab-ci.yml'),
  goodFile(
    'Drace1337/perfume-shop-cicd',
    'c22166820acdc272b6e4492cbadf05dc8c3f437e',
    '.gitlab-ci.yml',
  ),
  goodFile(
    'DragosBulumac/project-UpdateService',
    'e60aa0e7c1f80558914f0f85b3f7b7d919660c7d',
    '.gitlab-ci.yml',
  ),
  goodFile('Drakota/csg2024-devops', '2897f1bfdf3a5a7aa0af00ba85e4053641f7325b', '.gitlab-ci.yml'),
  goodFile('Draqun/animal-api', '23017945f78c4bb5cd22fd05affab7755f97f35f', '.gitlab-ci.yml'),
  goodFile('Drassil/noderouter', '14542b51239c9c9bbab532ad651b201bc01f07a5', '.gitlab-ci.yml'),
  goodFile(
    'DrauzJu/konaktiva-messe-lager',
    '110c649eb7de109da8b84f859f204587cb573e2b',
    '.gitlab-ci.yml',
  ),
  goodFile(
    'DrGlaucous/doukutsu-rs-libretro',
    '2e6504e46179561869e976a22f73d8ebb65a7d5c',
    '.gitlab-ci.yml',
  ),
  goodFile('DrMichaelPetter/cup', 'd69c8321fab81759df10e2d74087a9514b5b56da', '.gitlab-ci.yml'),
  goodFile('espressif/esp-idf', '102122904ade11fd1ae373848f34ffd7dfb18aeb', '.gitlab-ci.yml'),
  goodFile('f-droid/fdroidclient', 'b962e281343a533984b19fb2560d96299d428b96', '.gitlab-ci.yml'),
  goodFile(
    'gitlabhq/gitlab-runner',
    'd79f3e7b89abceace75e2425bfe92b84ea059933',
    '.gitlab/ci/release.gitlab-ci.yml',
  ),
  goodFile('GNOME/gnome-shell', '8f78208660d617182d3ea854f10c5ec9d20248e2', '.gitlab-ci.yml'),
  goodFile('KDE/kdeconnect-kde', '07b669151278c00d226ad9641e096bbfdfd1b9db', '.gitlab-ci.yml'),
  goodFile('Kitware/CMake', '03676b051d5a1302c8b17bb6b3325ee38acab914', '.gitlab-ci.yml'),
  goodFile(
    'kubernetes-client/python',
    '024658493d124f046fc0a9827a2a3165cf2aee28',
    'kubernetes/.gitlab-ci.yml',
  ),
  goodFile(
    'kubernetes-sigs/kubespray',
    '46dbdd3994b32640bcd806b0097f50e8fdf1d514',
    '.gitlab-ci.yml',
  ),
  goodFile('LLNL/RAJA', 'dd5eb76ad8979c21943a75a16bf6168fd39ad752', '.gitlab-ci.yml'),
  goodFile('LLNL/Umpire', '5bf5bc182f1e6ee3f6be1d953b68451d3ddc35f5', '.gitlab-ci.yml'),
  goodFile('NVIDIA/gpu-operator', 'a22dbf671f2e26f9a1e342f8eea28e196235e110', '.gitlab-ci.yml'),
  goodFile(
    'peaceiris/mkdocs-material-boilerplate',
    'ca5ffc030dbfe66f1701d6116097a59ea5ed7c35',
    '.gitlab-ci.yml',
  ),
];
