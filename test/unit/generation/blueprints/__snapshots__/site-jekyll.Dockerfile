# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/notes:1.0.0 .

# Ruby as the project pins it.
FROM ruby:3.3 AS build
ENV BUNDLE_PATH=/usr/local/bundle \
    BUNDLE_WITHOUT=test \
    BUNDLE_DEPLOYMENT=1
ENV BUNDLE_GLOBAL_GEM_CACHE=true
WORKDIR /app
# Dependencies first: this layer changes with the Gemfile only.
COPY Gemfile* *.gemspec .ruby-version* .tool-versions* ./
RUN --mount=type=cache,target=/root/.bundle/cache \
    bundle install --jobs 4 --retry 3
COPY . ./
RUN bundle exec jekyll build -d _site

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
COPY --from=build /app/_site/ /usr/share/nginx/html/
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s --retries=3 \
  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]
CMD ["nginx", "-g", "daemon off;"]
LABEL org.opencontainers.image.title="notes"
