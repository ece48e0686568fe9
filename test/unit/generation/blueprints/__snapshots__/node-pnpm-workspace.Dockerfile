# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f apps/web/Dockerfile -t shop/shop-web:1.0.0 .

FROM node:22 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name pnpm-lock.yaml ! -name pnpm-workspace.yaml ! -name .npmrc ! -name .pnpmfile.cjs ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# Node.js as the project pins it.
FROM node:22 AS build
RUN --mount=type=cache,target=/root/.npm \
    npm install --global --force corepack@0.34 \
 && corepack enable
ENV CI=true \
    pnpm_config_pm_on_fail=ignore
WORKDIR /app
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=manifests /app ./
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --config.store-dir=/pnpm/store --ignore-scripts
# Then the sources, and the install scripts, which may read them.
COPY . ./
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --config.store-dir=/pnpm/store --prefer-offline \
 && pnpm rebuild --recursive
WORKDIR /app/apps/web
RUN pnpm run build
# Only what production needs stays.
WORKDIR /app
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --config.store-dir=/pnpm/store --prod --prefer-offline --ignore-scripts \
 && pnpm rebuild --recursive

FROM node:22-slim
ENV NODE_ENV=production \
    PORT=3000 \
    HOSTNAME=0.0.0.0
ENV PATH=/app/apps/web/node_modules/.bin:/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=build --chown=1000:1000 /app ./
WORKDIR /app/apps/web
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/').then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))"]
CMD ["next", "start"]
LABEL org.opencontainers.image.title="@shop/web"
