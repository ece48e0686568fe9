import { text } from '../file.ts';

/** Where everything of Azure is. */
export const place = [
  text('name', 'Start of every name.'),
  text('location', 'Region.'),
  text('resource_group_name', 'Resource group.'),
] as const;

/** The same, as a module is called with it. */
export const placeArguments = `name = local.name
location = azurerm_resource_group.this.location
resource_group_name = azurerm_resource_group.this.name`;
