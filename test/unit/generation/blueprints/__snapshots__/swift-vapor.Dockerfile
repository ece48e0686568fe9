# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# Swift as the project pins it.
FROM swift:6.0 AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY Package.* ./
RUN --mount=type=cache,target=/root/.cache/org.swift.swiftpm \
    swift package resolve --force-resolved-versions
COPY . ./
RUN --mount=type=cache,target=/root/.cache/org.swift.swiftpm \
    swift build --configuration release --static-swift-stdlib
RUN mkdir -p /out \
 && cp "$(swift build --configuration release --static-swift-stdlib --show-bin-path)/App" /out/

FROM swift:6.0-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tzdata
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (Public, Resources) need a COPY of their own.
COPY --from=build /out/App /app/App
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
CMD ["/app/App", "serve", "--env", "production", "--hostname", "0.0.0.0", "--port", "8080"]
LABEL org.opencontainers.image.title="api"
