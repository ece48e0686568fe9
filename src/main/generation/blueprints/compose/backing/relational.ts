import { type BackingSpec, common, secret } from './spec.ts';

/** Relational databases, as Compose runs them. */
export const relational: Readonly<
  Record<'postgres' | 'mysql' | 'mariadb' | 'sqlserver', BackingSpec>
> = {
  postgres: {
    ...common,
    image: 'postgres:18-alpine',
    port: 5432,
    passwordVariable: 'POSTGRES_PASSWORD',
    environment: {
      POSTGRES_USER: 'app',
      POSTGRES_DB: 'app',
      POSTGRES_PASSWORD: secret('POSTGRES_PASSWORD'),
    },
    health: ['CMD-SHELL', 'pg_isready -U app -d app'],
    // From 18 on the volume holds a folder for each major version.
    data: '/var/lib/postgresql',
  },
  mysql: {
    ...common,
    image: 'mysql:8.4',
    port: 3306,
    passwordVariable: 'MYSQL_PASSWORD',
    environment: {
      MYSQL_DATABASE: 'app',
      MYSQL_USER: 'app',
      MYSQL_PASSWORD: secret('MYSQL_PASSWORD'),
      MYSQL_RANDOM_ROOT_PASSWORD: 'yes',
    },
    health: ['CMD-SHELL', 'mysqladmin ping -h 127.0.0.1 -u app -p"$$MYSQL_PASSWORD" --silent'],
    startPeriod: '40s',
    data: '/var/lib/mysql',
  },
  mariadb: {
    ...common,
    image: 'mariadb:11.8',
    port: 3306,
    passwordVariable: 'MARIADB_PASSWORD',
    environment: {
      MARIADB_DATABASE: 'app',
      MARIADB_USER: 'app',
      MARIADB_PASSWORD: secret('MARIADB_PASSWORD'),
      MARIADB_RANDOM_ROOT_PASSWORD: 'yes',
    },
    health: ['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized'],
    startPeriod: '40s',
    data: '/var/lib/mysql',
  },
  sqlserver: {
    ...common,
    user: 'sa',
    database: 'master',
    image: 'mcr.microsoft.com/mssql/server:2022-latest',
    port: 1433,
    passwordVariable: 'MSSQL_SA_PASSWORD',
    environment: {
      ACCEPT_EULA: 'Y',
      MSSQL_PID: 'Developer',
      MSSQL_SA_PASSWORD: secret('MSSQL_SA_PASSWORD'),
    },
    health: [
      'CMD-SHELL',
      '/opt/mssql-tools18/bin/sqlcmd -C -S localhost -U sa -P "$$MSSQL_SA_PASSWORD" -Q "SELECT 1"',
    ],
    startPeriod: '60s',
    data: '/var/opt/mssql',
  },
};
