# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/hs:1.0.0 .

# The project pins no GHC version: 9.10 is the supported release of November 2026.
FROM haskell:9.10 AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY stack.yaml* package.yaml* *.cabal ./
RUN --mount=type=cache,target=/root/.stack,sharing=locked \
    stack build --only-dependencies
COPY . ./
RUN --mount=type=cache,target=/root/.stack,sharing=locked \
    mkdir -p /out \
 && stack install --local-bin-path /out
RUN test -x /out/hs

FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgmp10 netbase zlib1g
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/hs /app/hs
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"]
CMD ["/app/hs"]
LABEL org.opencontainers.image.title="hs"
