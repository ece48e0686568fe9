# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/migrate:1.0.0 .

# Node.js as the project pins it.
FROM node:22 AS build
WORKDIR /app
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY package.json package-lock.json* npm-shrinkwrap.json* .npmrc* ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts
# Then the sources, and the install scripts, which may read them.
COPY . ./
RUN --mount=type=cache,target=/root/.npm \
    npm rebuild \
 && npm run postinstall --if-present
RUN npm run build
# Only what production needs stays.
RUN --mount=type=cache,target=/root/.npm \
    npm prune --omit=dev --ignore-scripts

FROM node:22-slim
ENV NODE_ENV=production
ENV PATH=/app/node_modules/.bin:$PATH
WORKDIR /app
COPY --from=build --chown=1000:1000 /app ./
USER 1000:1000
CMD ["prisma", "migrate", "deploy"]
LABEL org.opencontainers.image.title="migrate"
