// The types whose fields are kept, by provider: those that the blueprints write and those that
// people use beside them. Of all other types only the names are kept.
const list = (prefix, text) =>
  text
    .trim()
    .split(/\s+/)
    .map((name) => `${prefix}_${name}`);

export const wanted = {
  aws: {
    resources: list(
      'aws',
      `vpc subnet internet_gateway nat_gateway eip route_table route route_table_association main_route_table_association default_security_group
      security_group security_group_rule vpc_security_group_ingress_rule vpc_security_group_egress_rule vpc_endpoint flow_log network_acl
      lb lb_listener lb_target_group lb_target_group_attachment lb_listener_rule lb_listener_certificate ecs_cluster ecs_cluster_capacity_providers ecs_capacity_provider ecs_service ecs_task_definition
      ecr_repository ecr_lifecycle_policy ecr_repository_policy iam_role iam_role_policy iam_policy iam_role_policy_attachment iam_openid_connect_provider iam_instance_profile iam_user iam_user_policy iam_access_key iam_service_linked_role
      cloudwatch_log_group cloudwatch_metric_alarm cloudwatch_event_rule cloudwatch_event_target
      db_instance db_subnet_group db_parameter_group db_option_group rds_cluster rds_cluster_instance rds_cluster_parameter_group elasticache_replication_group elasticache_subnet_group elasticache_parameter_group elasticache_cluster elasticache_serverless_cache elasticache_user elasticache_user_group
      mq_broker mq_configuration msk_cluster msk_configuration msk_serverless_cluster msk_scram_secret_association docdb_cluster docdb_cluster_instance docdb_cluster_parameter_group docdb_subnet_group opensearch_domain opensearch_domain_policy
      s3_bucket s3_bucket_versioning s3_bucket_server_side_encryption_configuration s3_bucket_public_access_block s3_bucket_lifecycle_configuration s3_bucket_policy s3_bucket_ownership_controls s3_bucket_acl s3_bucket_logging s3_object
      secretsmanager_secret secretsmanager_secret_version secretsmanager_secret_policy ssm_parameter kms_key kms_alias sns_topic sns_topic_subscription sqs_queue sqs_queue_policy dynamodb_table
      eks_cluster eks_node_group eks_addon eks_access_entry eks_access_policy_association eks_pod_identity_association eks_fargate_profile launch_template
      appautoscaling_target appautoscaling_policy acm_certificate acm_certificate_validation route53_zone route53_record efs_file_system efs_mount_target efs_access_point efs_backup_policy
      service_discovery_private_dns_namespace service_discovery_http_namespace service_discovery_service memorydb_cluster memorydb_subnet_group memorydb_acl memorydb_user memorydb_parameter_group keyspaces_keyspace keyspaces_table
      lambda_function lambda_permission wafv2_web_acl_association instance key_pair`,
    ),
    data: list(
      'aws',
      'availability_zones caller_identity iam_policy_document iam_policy iam_role region partition vpc subnet subnets security_group ami ssm_parameter route53_zone acm_certificate ecr_repository eks_cluster eks_cluster_auth kms_key secretsmanager_secret secretsmanager_secret_version ec2_managed_prefix_list service_principal elb_service_account',
    ),
  },
  google: {
    resources: list(
      'google',
      `project_service compute_network compute_subnetwork compute_router compute_router_nat compute_global_address compute_address compute_firewall compute_managed_ssl_certificate compute_region_network_endpoint_group compute_backend_service compute_url_map compute_target_https_proxy compute_target_http_proxy compute_global_forwarding_rule compute_instance service_networking_connection vpc_access_connector
      cloud_run_v2_service cloud_run_v2_job cloud_run_v2_worker_pool cloud_run_v2_service_iam_member cloud_run_v2_service_iam_binding cloud_run_v2_job_iam_member service_account service_account_key service_account_iam_member service_account_iam_binding project_iam_member project_iam_binding project_iam_custom_role
      artifact_registry_repository artifact_registry_repository_iam_member secret_manager_secret secret_manager_secret_version secret_manager_secret_iam_member
      sql_database_instance sql_database sql_user redis_instance redis_cluster memcache_instance memorystore_instance pubsub_topic pubsub_topic_iam_member pubsub_subscription pubsub_subscription_iam_member
      container_cluster container_node_pool storage_bucket storage_bucket_iam_member storage_bucket_object kms_key_ring kms_crypto_key kms_crypto_key_iam_member managed_kafka_cluster managed_kafka_topic alloydb_cluster alloydb_instance alloydb_user cloud_scheduler_job cloud_tasks_queue
      logging_project_sink monitoring_alert_policy monitoring_notification_channel dns_managed_zone dns_record_set iam_workload_identity_pool iam_workload_identity_pool_provider firestore_database bigquery_dataset network_connectivity_service_connection_policy`,
    ),
    data: list(
      'google',
      'project client_config compute_zones compute_network compute_subnetwork service_account secret_manager_secret_version container_cluster iam_policy artifact_registry_repository',
    ),
  },
  azurerm: {
    resources: list(
      'azurerm',
      `resource_group virtual_network subnet subnet_nat_gateway_association nat_gateway public_ip nat_gateway_public_ip_association network_security_group network_security_rule subnet_network_security_group_association private_dns_zone private_dns_zone_virtual_network_link private_dns_a_record private_endpoint
      container_registry user_assigned_identity federated_identity_credential role_assignment role_definition log_analytics_workspace application_insights monitor_diagnostic_setting container_app_environment container_app_environment_storage container_app container_app_job container_app_environment_certificate container_app_custom_domain
      key_vault key_vault_secret key_vault_key key_vault_access_policy postgresql_flexible_server postgresql_flexible_server_database postgresql_flexible_server_configuration postgresql_flexible_server_firewall_rule mysql_flexible_server mysql_flexible_database mysql_flexible_server_configuration mssql_server mssql_database mssql_firewall_rule mssql_virtual_network_rule
      redis_cache managed_redis cosmosdb_account cosmosdb_mongo_database cosmosdb_mongo_collection cosmosdb_sql_database cosmosdb_sql_container servicebus_namespace servicebus_queue servicebus_topic servicebus_subscription servicebus_queue_authorization_rule servicebus_namespace_authorization_rule eventhub_namespace eventhub eventhub_authorization_rule eventhub_namespace_authorization_rule
      kubernetes_cluster kubernetes_cluster_node_pool storage_account storage_container storage_share search_service`,
    ),
    data: list(
      'azurerm',
      'client_config subscription resource_group key_vault key_vault_secret subnet virtual_network container_registry kubernetes_cluster log_analytics_workspace user_assigned_identity',
    ),
  },
  ibm: {
    resources: list(
      'ibm',
      'resource_group code_engine_project code_engine_app code_engine_job code_engine_secret code_engine_config_map code_engine_binding code_engine_build code_engine_domain_mapping code_engine_allowed_outbound_destination cr_namespace cr_retention_policy database resource_instance resource_key iam_service_id iam_service_policy iam_service_api_key iam_api_key iam_access_group iam_access_group_policy cos_bucket cos_bucket_object iam_authorization_policy iam_trusted_profile iam_trusted_profile_policy iam_trusted_profile_claim_rule iam_trusted_profile_link kms_key sm_secret_group sm_arbitrary_secret sm_username_password_secret is_vpc is_subnet is_security_group is_security_group_rule is_public_gateway is_virtual_endpoint_gateway container_vpc_cluster container_vpc_worker_pool event_streams_topic',
    ),
    data: list(
      'ibm',
      'resource_group code_engine_project code_engine_app resource_instance resource_key iam_auth_token iam_account_settings is_zones is_vpc database_connection database cos_bucket container_cluster_config container_vpc_cluster',
    ),
  },
  oci: {
    resources: list(
      'oci',
      'core_vcn core_subnet core_internet_gateway core_nat_gateway core_service_gateway core_route_table core_security_list core_network_security_group core_network_security_group_security_rule core_public_ip core_instance container_instances_container_instance artifacts_container_repository artifacts_container_configuration psql_db_system psql_configuration mysql_mysql_db_system mysql_mysql_configuration redis_redis_cluster queue_queue vault_secret kms_vault kms_key identity_dynamic_group identity_policy identity_compartment identity_user identity_group identity_auth_token load_balancer_load_balancer load_balancer_backend_set load_balancer_listener load_balancer_backend load_balancer_certificate load_balancer_hostname load_balancer_rule_set logging_log_group logging_log objectstorage_bucket objectstorage_object containerengine_cluster containerengine_node_pool streaming_stream streaming_stream_pool nosql_table database_autonomous_database file_storage_file_system file_storage_mount_target file_storage_export opensearch_opensearch_cluster certificates_management_certificate apigateway_gateway apigateway_deployment dns_zone dns_rrset',
    ),
    data: list(
      'oci',
      'identity_availability_domains identity_availability_domain objectstorage_namespace core_services core_images core_vnic identity_tenancy identity_regions secrets_secretbundle containerengine_cluster_kube_config containerengine_node_pool_option identity_compartment',
    ),
  },
  random: {
    resources: list('random', 'password id string uuid integer pet shuffle bytes'),
    data: [],
  },
  tls: {
    resources: list('tls', 'private_key self_signed_cert cert_request locally_signed_cert'),
    data: list('tls', 'certificate public_key'),
  },
  helm: { resources: list('helm', 'release'), data: list('helm', 'template') },
  kubernetes: {
    resources: list(
      'kubernetes',
      'namespace namespace_v1 secret secret_v1 config_map config_map_v1 service_account service_account_v1 storage_class_v1 persistent_volume_claim_v1 role_v1 role_binding_v1 cluster_role_v1 cluster_role_binding_v1 service_v1 service ingress_v1 manifest annotations labels',
    ),
    data: list('kubernetes', 'namespace service secret config_map'),
  },
};
