# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM node:22 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name yarn.lock ! -name .yarnrc.yml ! -name .npmrc ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# Node.js as the project pins it.
FROM node:22 AS build
RUN --mount=type=cache,target=/root/.npm \
    npm install --global --force corepack@0.34 \
 && corepack enable
ENV YARN_NODE_LINKER=node-modules \
    YARN_ENABLE_GLOBAL_CACHE=true \
    YARN_ENABLE_TELEMETRY=0
WORKDIR /app
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=manifests /app ./
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry \
    yarn install --immutable --mode=skip-build
# Then the sources, and the install scripts, which may read them.
COPY . ./
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry \
    yarn install --immutable
RUN yarn build
# Only what production needs stays.
RUN --mount=type=cache,id=yarn-berry,target=/root/.yarn/berry \
    yarn workspaces focus --all --production

FROM node:22-slim
ENV NODE_ENV=production
ENV PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=build --chown=1000:1000 /app ./
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/health').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "dist/main.js"]
LABEL org.opencontainers.image.title="api"
