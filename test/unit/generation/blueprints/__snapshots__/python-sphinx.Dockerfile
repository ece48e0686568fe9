# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/manual:1.0.0 .

# The project pins no Python version: 3.14 is the supported release of November 2026.
FROM python:3.14 AS build
ENV PATH=/opt/venv/bin:$PATH \
    VIRTUAL_ENV=/opt/venv \
    PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
WORKDIR /app
COPY . ./
RUN --mount=type=cache,target=/root/.cache/pip \
    pip install -r docs/requirements.txt .
RUN sphinx-build -b html docs docs/_build/html

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
COPY --from=build /app/docs/_build/html/ /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
CMD ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="manual"
