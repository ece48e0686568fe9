import { z } from 'zod';

/**
 * The parts of a classic dashboard that are judged, after the types that Grafana publishes
 * (@grafana/schema 13.2.3, raw/dashboard). Fields beyond them pass: Grafana keeps what it does not know.
 */
const dataSource = z
  .union([
    z.string(),
    z.looseObject({ type: z.string().optional(), uid: z.string().nullable().optional() }),
    z.null(),
  ])
  .optional();

const gridPos = z.looseObject({
  x: z.int().min(0).max(23),
  y: z.int().min(0),
  // Rows are saved with 0, and Grafana gives what is too small its least size.
  w: z.int().min(0).max(24),
  h: z.int().min(0),
});

const target = z.looseObject({
  refId: z.string().optional(),
  expr: z.string().optional(),
  datasource: dataSource,
});

const plainPanel = {
  id: z.int().nullable().optional(),
  title: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  gridPos: gridPos.optional(),
  datasource: dataSource,
  targets: z.array(target).optional(),
  repeat: z.string().nullable().optional(),
  fieldConfig: z
    .looseObject({ defaults: z.looseObject({ unit: z.string().optional() }).optional() })
    .optional(),
  options: z.record(z.string(), z.unknown()).optional(),
};

/** A panel; a row has panels of its own where it is folded. */
const panelSchema = z
  .looseObject({
    ...plainPanel,
    type: z.string().min(1).optional(),
    libraryPanel: z.looseObject({ uid: z.string() }).optional(),
    collapsed: z.boolean().optional(),
    panels: z
      .array(z.looseObject({ ...plainPanel, type: z.string().min(1).optional() }))
      .optional(),
  })
  .refine((panel) => panel.type !== undefined || panel.libraryPanel !== undefined, {
    path: ['type'],
    message: 'Invalid input: expected the type of a panel, such as timeseries',
  });

const variable = z.looseObject({
  name: z.string().min(1),
  type: z.enum([
    'query',
    'adhoc',
    'groupby',
    'constant',
    'datasource',
    'interval',
    'textbox',
    'custom',
    'system',
    'snapshot',
    'switch',
  ]),
  query: z.union([z.string(), z.record(z.string(), z.unknown()), z.null()]).optional(),
  datasource: dataSource,
});

/** See {@link dataSource}. */
export const dashboardSchema = z.looseObject({
  title: z.string().regex(/\S/, 'Invalid input: expected a title that is not empty'),
  uid: z
    .string()
    .max(40)
    .regex(/^[\w-]*$/, 'Invalid input: expected letters, digits, - and _ only')
    .nullable()
    .optional(),
  // Grafana reads a number in quotes too.
  schemaVersion: z.union([z.int().min(1), z.string().regex(/^\d+$/)]).optional(),
  tags: z.array(z.string()).optional(),
  panels: z.array(panelSchema).optional(),
  templating: z.looseObject({ list: z.array(variable).optional() }).optional(),
  annotations: z.looseObject({ list: z.array(z.looseObject({})).optional() }).optional(),
  links: z
    .array(z.looseObject({ title: z.string().optional(), type: z.enum(['link', 'dashboards']) }))
    .nullable()
    .optional(),
  time: z.looseObject({ from: z.string(), to: z.string() }).optional(),
  refresh: z.union([z.string(), z.boolean()]).optional(),
  __inputs: z
    .array(z.looseObject({ name: z.string(), type: z.string(), pluginId: z.string().optional() }))
    .optional(),
});

/** A dashboard of this shape. */
export type Dashboard = z.infer<typeof dashboardSchema>;
/** One of its panels. */
export type Panel = z.infer<typeof panelSchema>;
