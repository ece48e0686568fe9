# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM elixir:1.18 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name mix.exs ! -name mix.lock ! -name .formatter.exs ! -path '*/config/*' -delete \
 && find . -type d -empty -delete

# Elixir as the project pins it.
FROM elixir:1.18 AS build
ENV MIX_ENV=prod \
    LANG=C.UTF-8
RUN mix local.hex --force \
 && mix local.rebar --force
WORKDIR /app
# Dependencies first: this layer changes with the manifests and the configuration only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.hex/packages \
    --mount=type=cache,target=/root/.cache \
    mix deps.get --only prod \
 && mix deps.compile
COPY . ./
RUN --mount=type=cache,target=/root/.hex/packages \
    --mount=type=cache,target=/root/.cache \
    mix compile \
 && MIX_ENV=prod mix assets.deploy
RUN mix release shop --overwrite --path /out

# The release brings its own Erlang; only the libraries that it links to are added.
FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libncurses6 libstdc++6 openssl
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
ENV LANG=C.UTF-8 \
    HOME=/tmp \
    RELEASE_TMP=/tmp \
    PHX_SERVER=true \
    PORT=4000
WORKDIR /app
COPY --from=build --chown=10001:10001 /out/ ./
USER 10001:10001
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/4000"]
CMD ["/app/bin/shop", "start"]
LABEL org.opencontainers.image.title="api"
