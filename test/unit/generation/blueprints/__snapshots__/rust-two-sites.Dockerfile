# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/hub:1.0.0 .

FROM node:24 AS assets-manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name yarn.lock ! -name .yarnrc ! -name .npmrc ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# The front end in ui: its tools are no part of the final image.
FROM node:24 AS assets
RUN --mount=type=cache,target=/root/.npm \
    npm install --global --force corepack@0.34 \
 && corepack enable
WORKDIR /app/ui
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=assets-manifests /app/ui ./
RUN --mount=type=cache,id=yarn,target=/usr/local/share/.cache/yarn \
    yarn install --frozen-lockfile --ignore-scripts --non-interactive
COPY . /app/
RUN --mount=type=cache,id=yarn,target=/usr/local/share/.cache/yarn \
    yarn install --frozen-lockfile --non-interactive
RUN yarn run build

FROM oven/bun:1.3 AS assets-2-manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name bun.lock ! -name bun.lockb ! -name bunfig.toml ! -name .npmrc ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# The front end in admin: its tools are no part of the final image.
FROM oven/bun:1.3 AS assets-2
WORKDIR /app/admin
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=assets-2-manifests /app/admin ./
RUN --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile --ignore-scripts
COPY . /app/
RUN --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile
RUN bun run build

FROM rust:1.90-bookworm AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name Cargo.toml ! -name Cargo.lock ! -name 'rust-toolchain*' ! -path '*/.cargo/*' -delete \
 && find . -type d -empty -delete
# Cargo wants a source file for each package before it resolves anything.
RUN find . -name Cargo.toml -execdir sh -c 'mkdir -p src && touch src/lib.rs src/main.rs' ';'

# Rust as the project pins it.
FROM rust:1.90-bookworm AS build
ENV CARGO_TARGET_DIR=/target \
    CARGO_TERM_COLOR=never
# Dependencies first, apart from the sources: this layer changes with the manifests only.
WORKDIR /manifests
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/usr/local/cargo/git \
    cargo fetch --locked
WORKDIR /app
COPY . ./
COPY --from=assets /app/ui/dist/ /app/ui/dist/
COPY --from=assets-2 /app/admin/dist/ /app/admin/dist/
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/usr/local/cargo/git \
    --mount=type=cache,target=/target,sharing=locked \
    cargo build --release \
 && install -D /target/release/hub /out/app

FROM debian:bookworm-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# What the source reads at run time.
COPY --from=build /app/admin/dist ./admin/dist
COPY --from=build /out/app /app/hub
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 2* ]]"]
CMD ["/app/hub"]
LABEL org.opencontainers.image.title="hub"
