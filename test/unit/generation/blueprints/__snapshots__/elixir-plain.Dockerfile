# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM elixir:1.19 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name mix.exs ! -name mix.lock ! -name .formatter.exs ! -path '*/config/*' -delete \
 && find . -type d -empty -delete

# The project pins no Elixir version: 1.19 is the supported release of November 2026.
FROM elixir:1.19 AS build
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
RUN mix release --overwrite --path /out
RUN name=$(find /out/bin -maxdepth 1 -type f ! -name '*.bat' ! -name server ! -name migrate -printf '%f\n' | head -n 1) && printf '#!/bin/sh\nexec "/app/bin/%s" "$@"\n' "$name" > /out/bin/start-release && chmod 0755 /out/bin/start-release

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
    RELEASE_TMP=/tmp
WORKDIR /app
COPY --from=build --chown=10001:10001 /out/ ./
USER 10001:10001
CMD ["/app/bin/start-release", "start"]
LABEL org.opencontainers.image.title="api"
