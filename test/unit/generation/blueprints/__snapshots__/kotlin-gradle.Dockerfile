# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM gradle:9-jdk17 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name '*.gradle' ! -name '*.gradle.kts' ! -name gradle.properties ! -name gradlew ! -name libs.versions.toml ! -name gradle.lockfile ! -path '*/gradle/*' ! -path '*/buildSrc/*' ! -path '*/build-logic/*' -delete \
 && find . -type d -empty -delete

# Java as the project pins it.
FROM gradle:9-jdk17 AS build
ENV GRADLE_OPTS=-Dorg.gradle.daemon=false \
    GRADLE_USER_HOME=/root/.gradle
WORKDIR /app
# Dependencies first: this layer changes with the build files only.
COPY --from=manifests /app ./
# Best effort: what cannot be resolved without the sources comes with the build.
RUN --mount=type=cache,target=/root/.gradle,sharing=locked \
    gradle dependencies --quiet > /dev/null || true
COPY . ./
RUN --mount=type=cache,target=/root/.gradle,sharing=locked \
    gradle installDist
RUN mkdir -p /out \
 && cp -R build/install/app/. /out/

FROM eclipse-temurin:17-jre
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (settings, templates) need a COPY of their own.
COPY --from=build /out/ ./
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080"]
CMD ["/app/bin/app"]
LABEL org.opencontainers.image.title="api"
