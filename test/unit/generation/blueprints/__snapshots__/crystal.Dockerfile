# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/cr:1.0.0 .

# Crystal as the project pins it.
FROM crystallang/crystal:1.14-alpine AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY shard.yml shard.lock* ./
RUN --mount=type=cache,target=/root/.cache \
    shards install --production --frozen
COPY . ./
RUN --mount=type=cache,target=/root/.cache \
    shards build --production --release --static --no-debug \
 && mkdir -p /out \
 && cp bin/cr /out/
RUN test -x /out/cr

FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/cr /app/cr
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"]
CMD ["/app/cr"]
LABEL org.opencontainers.image.title="cr"
