# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM dart:3.5 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name pubspec.yaml ! -name pubspec.lock ! -name pubspec_overrides.yaml -delete \
 && find . -type d -empty -delete

# Dart as the project pins it.
FROM dart:3.5 AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.pub-cache \
    dart pub get --enforce-lockfile
COPY . ./
RUN --mount=type=cache,target=/root/.pub-cache \
    mkdir -p /out \
 && dart pub get --offline \
 && dart compile exe bin/server.dart -o /out/server

FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (public, views) need a COPY of their own.
COPY --from=build /out/server /app/server
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
CMD ["/app/server"]
LABEL org.opencontainers.image.title="api"
