# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/front:1.0.0 .

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

# Listens on 8080 and runs as user 101, without root.
FROM nginxinc/nginx-unprivileged:1.29-alpine
RUN printf '%s\n' 'server {' \
      '  listen 8080;' \
      '  root /usr/share/nginx/html;' \
      '  server_tokens off;' \
      '  gzip on;' \
      '  gzip_types text/css application/javascript application/json image/svg+xml;' \
      '  add_header X-Content-Type-Options nosniff always;' \
      '  location / { try_files $uri $uri/ /index.html; }' \
      '}' > /etc/nginx/conf.d/default.conf
COPY --from=build /app/dist/ /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
CMD ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="front"
