# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/srv:1.0.0 .

# Compiled by the C and C++ compilers of Debian 13, the same release that runs the binary.
FROM debian:trixie-slim AS build
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends build-essential ca-certificates ccache cmake git meson ninja-build pkg-config
ENV CMAKE_C_COMPILER_LAUNCHER=ccache \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.cache/ccache \
    cmake -S . -B build && cmake --build build
RUN mkdir -p /out && ( cp build/srv /out/ 2>/dev/null || find . -type f -executable -name srv -exec cp {} /out/ ';' )
RUN test -x /out/srv

FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libstdc++6
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/srv /app/srv
USER 10001:10001
EXPOSE 9000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9000"]
CMD ["/app/srv"]
LABEL org.opencontainers.image.title="srv"
