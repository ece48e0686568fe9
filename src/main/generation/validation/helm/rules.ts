/** Where Helm's own documentation explains what a rule checks. */
export const helmDocs = {
  chart: 'https://helm.sh/docs/topics/charts/#the-chartyaml-file',
  dependencies: 'https://helm.sh/docs/topics/charts/#chart-dependencies',
  values: 'https://helm.sh/docs/topics/charts/#templates-and-values',
  schema: 'https://helm.sh/docs/topics/charts/#schema-files',
  templates: 'https://helm.sh/docs/chart_template_guide/control_structures/',
  functions: 'https://helm.sh/docs/chart_template_guide/function_list/',
  named: 'https://helm.sh/docs/chart_template_guide/named_templates/',
  debugging: 'https://helm.sh/docs/chart_template_guide/debugging/',
} as const;
