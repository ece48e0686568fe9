import { type BackingSpec, common, secret } from './spec.ts';

/** Message brokers, as Compose runs them. */
export const brokers: Readonly<Record<'rabbitmq' | 'kafka' | 'nats', BackingSpec>> = {
  rabbitmq: {
    ...common,
    image: 'rabbitmq:4-alpine',
    port: 5672,
    passwordVariable: 'RABBITMQ_PASSWORD',
    environment: {
      RABBITMQ_DEFAULT_USER: 'app',
      RABBITMQ_DEFAULT_PASS: secret('RABBITMQ_PASSWORD'),
    },
    health: ['CMD', 'rabbitmq-diagnostics', '-q', 'check_port_connectivity'],
    startPeriod: '40s',
    data: '/var/lib/rabbitmq',
  },
  kafka: {
    ...common,
    image: 'apache/kafka:4.3.1',
    port: 9092,
    passwordVariable: null,
    environment: {
      KAFKA_NODE_ID: '1',
      KAFKA_PROCESS_ROLES: 'broker,controller',
      KAFKA_LISTENERS: 'PLAINTEXT://:9092,CONTROLLER://:9093',
      KAFKA_ADVERTISED_LISTENERS: 'PLAINTEXT://@host@:9092',
      KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
      KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
      KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    },
    health: [
      'CMD-SHELL',
      '/opt/kafka/bin/kafka-broker-api-versions.sh --bootstrap-server localhost:9092 > /dev/null',
    ],
    startPeriod: '60s',
    data: '/var/lib/kafka/data',
  },
  nats: {
    ...common,
    image: 'nats:2-alpine',
    port: 4222,
    passwordVariable: null,
    environment: {},
    command: ['--jetstream', '--store_dir', '/data', '--http_port', '8222'],
    health: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8222/healthz'],
    data: '/data',
  },
};
