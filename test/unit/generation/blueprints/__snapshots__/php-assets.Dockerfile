# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# PHP as the project pins it.
FROM php:8.4-apache AS base
COPY --from=mlocati/php-extension-installer:2 /usr/bin/install-php-extensions /usr/local/bin/
RUN install-php-extensions opcache pdo_pgsql
RUN cp "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
WORKDIR /app

FROM base AS build
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends git unzip
# Dependencies first: this layer changes with the manifests only.
COPY --from=composer:2 /usr/bin/composer /usr/local/bin/composer
ENV COMPOSER_ALLOW_SUPERUSER=1 \
    COMPOSER_CACHE_DIR=/tmp/composer
COPY composer.json composer.lock* symfony.lock* ./
RUN --mount=type=cache,target=/tmp/composer \
    composer install --no-dev --prefer-dist --no-interaction --no-progress --no-scripts --no-autoloader
COPY . ./
RUN --mount=type=cache,target=/tmp/composer \
    composer dump-autoload --optimize --no-dev --no-interaction

# The front end: its tools are no part of the final image.
FROM node:26 AS assets
WORKDIR /app
# Bundlers read what other managers installed too.
COPY --from=build /app ./
RUN --mount=type=cache,target=/root/.npm \
    npm ci
RUN npm run build

FROM base
COPY --from=build --chown=33:33 /app ./
COPY --from=assets --chown=33:33 /app/public/ /app/public/
# Apache on an unprivileged port, with rewriting for front controllers.
RUN a2enmod rewrite headers \
 && sed -ri 's/^Listen 80$/Listen 8000/' /etc/apache2/ports.conf \
 && sed -ri 's!\*:80>!*:8000>!; s!/var/www/html!/app/public!' /etc/apache2/sites-available/000-default.conf \
 && printf '%s\n' '<Directory /app/public>' 'AllowOverride All' 'Require all granted' 'FallbackResource /index.php' '</Directory>' 'ServerName localhost' 'ServerTokens Prod' > /etc/apache2/conf-enabled/app.conf
USER 33:33
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["php", "-r", "exit(@fsockopen('127.0.0.1', 8000) ? 0 : 1);"]
CMD ["apache2-foreground"]
LABEL org.opencontainers.image.title="api"
