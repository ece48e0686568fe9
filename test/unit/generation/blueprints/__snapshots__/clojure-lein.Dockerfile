# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM clojure:temurin-25-lein AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name project.clj ! -name deps.edn ! -name build.clj ! -name profiles.clj -delete \
 && find . -type d -empty -delete

# The project pins no Java version: 25 is the supported release of November 2026.
FROM clojure:temurin-25-lein AS build
WORKDIR /app
# Dependencies first: this layer changes with the build files only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.m2 \
    lein deps
COPY . ./
RUN --mount=type=cache,target=/root/.m2 \
    lein uberjar
RUN mkdir -p /out \
 && cp "$(find target -name '*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-plain.jar' ! -name '*-tests.jar' ! -name 'original-*.jar' -printf '%s %p\n' | sort -rn | head -n 1 | cut -d ' ' -f 2-)" /out/app.jar

FROM eclipse-temurin:25-jre
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (settings, templates) need a COPY of their own.
COPY --from=build /out/ ./
USER 10001:10001
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000"]
CMD ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/app.jar"]
LABEL org.opencontainers.image.title="api"
