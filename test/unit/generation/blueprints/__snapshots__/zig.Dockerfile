# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/zg:1.0.0 .

# Zig as the project pins it.
FROM python:3.14-slim AS build
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install 'ziglang~=0.13.0' \
 && printf '#!/bin/sh\nexec python -m ziglang "$@"\n' > /usr/local/bin/zig \
 && chmod 0755 /usr/local/bin/zig
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.cache/zig \
    zig build -Doptimize=ReleaseSafe \
 && mkdir -p /out && ( cp zig-out/bin/zg /out/ 2>/dev/null || find zig-out -type f -executable -name zg -exec cp {} /out/ ';' )
RUN test -x /out/zg

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
COPY --from=build /out/zg /app/zg
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"]
CMD ["/app/zg"]
LABEL org.opencontainers.image.title="zg"
