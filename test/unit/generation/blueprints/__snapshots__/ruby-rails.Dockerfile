# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# Ruby as the project pins it.
FROM ruby:3.3 AS build
ENV BUNDLE_PATH=/usr/local/bundle \
    BUNDLE_WITHOUT=development:test \
    BUNDLE_DEPLOYMENT=1
ENV BUNDLE_GLOBAL_GEM_CACHE=true
WORKDIR /app
# Dependencies first: this layer changes with the Gemfile only.
COPY Gemfile* *.gemspec .ruby-version* .tool-versions* ./
RUN --mount=type=cache,target=/root/.bundle/cache \
    bundle install --jobs 4 --retry 3
COPY . ./
ENV RAILS_ENV=production
# The build needs a key base but must not know the real one.
RUN export SECRET_KEY_BASE_DUMMY=1 && bundle exec rails assets:precompile

FROM ruby:3.3-slim
ENV BUNDLE_PATH=/usr/local/bundle \
    BUNDLE_WITHOUT=development:test \
    BUNDLE_DEPLOYMENT=1
ENV RAILS_ENV=production \
    RAILS_LOG_TO_STDOUT=1 \
    RAILS_SERVE_STATIC_FILES=1 \
    PORT=3000
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends libpq5
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --from=build --chown=10001:10001 /app ./
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=40s --retries=3 \
  CMD ["ruby", "-e", "require 'net/http'; exit Net::HTTP.get_response('127.0.0.1', '/up', 3000).is_a?(Net::HTTPSuccess)"]
CMD ["bundle", "exec", "rails", "server", "-b", "0.0.0.0", "-p", "3000"]
LABEL org.opencontainers.image.title="api"
