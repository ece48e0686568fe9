# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM eclipse-temurin:25-jdk AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name build.sbt ! -name build.properties ! -name plugins.sbt ! -name '*.sbt' ! -path '*/project/*' -delete \
 && find . -type d -empty -delete

# The project pins no Java version: 25 is the supported release of November 2026.
FROM eclipse-temurin:25-jdk AS build
# The launcher only; it fetches the sbt version that project/build.properties names.
ADD https://github.com/sbt/sbt/releases/download/v1.10.11/sbt-1.10.11.tgz /tmp/sbt.tgz
RUN tar -xzf /tmp/sbt.tgz -C /opt \
 && ln -s /opt/sbt/bin/sbt /usr/local/bin/sbt \
 && rm /tmp/sbt.tgz
WORKDIR /app
# Dependencies first: this layer changes with the build files only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.cache/coursier \
    --mount=type=cache,target=/root/.ivy2 \
    --mount=type=cache,target=/root/.sbt,sharing=locked \
    sbt update
COPY . ./
RUN --mount=type=cache,target=/root/.cache/coursier \
    --mount=type=cache,target=/root/.ivy2 \
    --mount=type=cache,target=/root/.sbt,sharing=locked \
    sbt assembly
RUN mkdir -p /out \
 && cp "$(find target -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' ! -name '*-tests.jar' ! -name 'original-*.jar' -printf '%s %p\n' | sort -rn | head -n 1 | cut -d ' ' -f 2-)" /out/app.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (settings, templates) need a COPY of their own.
COPY --from=build /out/ ./
USER 10001:10001
EXPOSE 9000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9000"]
CMD ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/app.jar"]
LABEL org.opencontainers.image.title="api"
