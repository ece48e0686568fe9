# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/notes:1.0.0 .

# The project does not say which extensions it uses.
FROM python:3.14-slim AS build
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install 'sphinx>=8,<9' 'sphinx-rtd-theme>=3,<4'
WORKDIR /app
COPY . ./
RUN sphinx-build -b html . _build/html

# Listens on 8080 and runs as user 101, without root.
FROM nginxinc/nginx-unprivileged:1.29-alpine
RUN printf '%s\n' 'server {' \
      '  listen 8080;' \
      '  root /usr/share/nginx/html;' \
      '  server_tokens off;' \
      '  gzip on;' \
      '  gzip_types text/css application/javascript application/json image/svg+xml;' \
      '  add_header X-Content-Type-Options nosniff always;' \
      '  location / { try_files $uri $uri/ $uri.html =404; }' \
      '}' > /etc/nginx/conf.d/default.conf
COPY --from=build /app/_build/html/ /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
CMD ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="notes"
