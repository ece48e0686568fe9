/**
 * Variables that belong to where a service runs, and not to the service: telemetry goes to a
 * collector of the cluster, identities and regions are a cloud's.
 */
const ofPlatform =
  /^(?:OTEL_|AWS_|AZURE_|GOOGLE_|GCP_|GCLOUD_|IBM_?CLOUD_|IBMCLOUD_|OCI_|CE_|KUBERNETES_|K_|POD_|NODE_NAME$|NAMESPACE$)/;

/** Whether that a variable is missing or there says only where the service runs. */
export function isOfPlatform(name: string): boolean {
  return ofPlatform.test(name);
}
