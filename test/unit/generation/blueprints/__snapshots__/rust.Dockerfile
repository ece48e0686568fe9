# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/engine:1.0.0 .

FROM rust:1.83-bookworm AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name Cargo.toml ! -name Cargo.lock ! -name 'rust-toolchain*' ! -path '*/.cargo/*' -delete \
 && find . -type d -empty -delete
# Cargo wants a source file for each package before it resolves anything.
RUN find . -name Cargo.toml -execdir sh -c 'mkdir -p src && touch src/lib.rs src/main.rs' ';'

# Rust as the project pins it.
FROM rust:1.83-bookworm AS build
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
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/usr/local/cargo/git \
    --mount=type=cache,target=/target,sharing=locked \
    cargo build --release \
 && install -D /target/release/engine /out/app

FROM debian:bookworm-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/app /app/engine
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 2* ]]"]
CMD ["/app/engine"]
LABEL org.opencontainers.image.title="engine"
