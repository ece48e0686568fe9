import { describe, expect, it } from 'vitest';
import { scanFiles } from './support/scan.ts';

describe('the infrastructure files of a project', () => {
  it('have all files of a chart that are judged, and no templates of anything else', async () => {
    const { existing } = await scanFiles({
      'deploy/chart/Chart.yaml': 'name: a\n',
      'deploy/chart/values.yaml': 'a: 1\n',
      'deploy/chart/values-prod.yaml': 'a: 1\n',
      'deploy/chart/values.schema.json': '{}',
      'deploy/chart/templates/_helpers.tpl': '',
      'deploy/chart/templates/web/web.yaml': 'apiVersion: v1\nkind: Service\n',
      'deploy/chart/README.md': '',
      'app/templates/mail.yaml': 'subject: {{ title }}\n',
      'app/values.yaml': 'a: 1\n',
      'infra/main.tf': '',
      'infra/prod.tfvars': 'a = 1\n',
    });
    const of = (kind: string) =>
      existing.filter((one) => one.kind === kind).map(({ path }) => path);
    expect(of('helm')).toEqual(['deploy/chart/Chart.yaml']);
    expect(of('chart-file')).toEqual([
      'deploy/chart/templates/_helpers.tpl',
      'deploy/chart/templates/web/web.yaml',
      'deploy/chart/values-prod.yaml',
      'deploy/chart/values.schema.json',
      'deploy/chart/values.yaml',
    ]);
    expect(of('terraform')).toEqual(['infra/main.tf', 'infra/prod.tfvars']);
    expect(existing.map(({ path }) => path)).not.toContain('app/values.yaml');
  });
});
