# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# The project pins no PHP version: 8.5 is the supported release of November 2026.
FROM php:8.5-apache AS base
COPY --from=mlocati/php-extension-installer:2 /usr/bin/install-php-extensions /usr/local/bin/
RUN install-php-extensions opcache
RUN cp "$PHP_INI_DIR/php.ini-production" "$PHP_INI_DIR/php.ini"
WORKDIR /app

FROM base AS build
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    rm -f /etc/apt/apt.conf.d/docker-clean \
 && apt-get update \
 && apt-get install -y --no-install-recommends git unzip
COPY . ./

FROM base
COPY --from=build --chown=33:33 /app ./
# Apache on an unprivileged port, with rewriting for front controllers.
RUN a2enmod rewrite headers \
 && sed -ri 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf \
 && sed -ri 's!\*:80>!*:8080>!; s!/var/www/html!/app/web!' /etc/apache2/sites-available/000-default.conf \
 && printf '%s\n' '<Directory /app/web>' 'AllowOverride All' 'Require all granted' 'FallbackResource /index.php' '</Directory>' 'ServerName localhost' 'ServerTokens Prod' > /etc/apache2/conf-enabled/app.conf
USER 33:33
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["php", "-r", "exit(@fsockopen('127.0.0.1', 8080) ? 0 : 1);"]
CMD ["apache2-foreground"]
LABEL org.opencontainers.image.title="api"
