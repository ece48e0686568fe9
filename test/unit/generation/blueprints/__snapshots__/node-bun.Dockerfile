# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM oven/bun:1.2 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name bun.lock ! -name bun.lockb ! -name bunfig.toml ! -name .npmrc ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# Bun as the project pins it.
FROM oven/bun:1.2 AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile --ignore-scripts
# Then the sources, and the install scripts, which may read them.
COPY . ./
RUN --mount=type=cache,target=/root/.bun/install/cache \
    bun install --frozen-lockfile
# Only what production needs stays.
RUN --mount=type=cache,target=/root/.bun/install/cache \
    rm -rf node_modules \
 && bun install --frozen-lockfile --production --ignore-scripts

FROM oven/bun:1.2-slim
ENV NODE_ENV=production
ENV PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=build --chown=1000:1000 /app ./
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["bun", "-e", "fetch('http://127.0.0.1:3000/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["bun", "run", "src/index.ts"]
LABEL org.opencontainers.image.title="api"
