# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM node:24 AS assets-manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name pnpm-lock.yaml ! -name pnpm-workspace.yaml ! -name .npmrc ! -name .pnpmfile.cjs ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# The front end in web/shop: its tools are no part of the final image.
FROM node:24 AS assets
RUN --mount=type=cache,target=/root/.npm \
    npm install --global --force corepack@0.34 \
 && corepack enable
ENV CI=true \
    pnpm_config_pm_on_fail=ignore
WORKDIR /app/web
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=assets-manifests /app/web ./
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --config.store-dir=/pnpm/store --ignore-scripts
COPY . /app/
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --config.store-dir=/pnpm/store --prefer-offline \
 && pnpm rebuild --recursive
WORKDIR /app/web/shop
RUN pnpm run build

FROM eclipse-temurin:21-jdk AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name pom.xml ! -name mvnw ! -name lombok.config ! -path '*/.mvn/*' -delete \
 && find . -type d -empty -delete

# Java as the project pins it.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /app
# Dependencies first: this layer changes with the build files only.
COPY --from=manifests /app ./
# Best effort: what cannot be resolved without the sources comes with the build.
RUN --mount=type=cache,target=/root/.m2 \
    sh ./mvnw -B -q dependency:go-offline || true
COPY . ./
COPY --from=assets /app/src/main/resources/static/ /app/src/main/resources/static/
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B package -DskipTests
RUN install -D -m 0644 target/app.jar /out/app.jar

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
ENV SERVER_PORT=8080
WORKDIR /app
# Files that the program reads at run time (settings, templates) need a COPY of their own.
COPY --from=build /out/ ./
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 2* ]]"]
CMD ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/app.jar"]
LABEL org.opencontainers.image.title="api"
