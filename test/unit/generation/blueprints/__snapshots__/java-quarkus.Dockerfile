# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f services/stock/Dockerfile -t shop/stock:1.0.0 .

FROM eclipse-temurin:21-jdk AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name pom.xml ! -name mvnw ! -name lombok.config ! -path '*/.mvn/*' -delete \
 && find . -type d -empty -delete

# Java as the project pins it.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /app
# Dependencies first: this layer changes with the build files only.
COPY --from=manifests /app ./
# Best effort: what cannot be resolved without the sources comes with the build.
RUN --mount=type=cache,target=/root/.m2 \
    sh ./mvnw -B -q dependency:go-offline || true
COPY . ./
WORKDIR /app/services/stock
RUN --mount=type=cache,target=/root/.m2 \
    ../../mvnw -B -f ../../pom.xml -pl services/stock -am package -DskipTests
RUN mkdir -p /out \
 && cp -R target/quarkus-app/. /out/

FROM eclipse-temurin:21-jre
RUN groupadd --system --gid 10001 app \
 && useradd --system --no-log-init --uid 10001 --gid 10001 --home-dir /app --no-create-home app
WORKDIR /app
# Files that the program reads at run time (settings, templates) need a COPY of their own.
COPY --from=build /out/ ./
USER 10001:10001
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /q/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [[ $status == 2* ]]"]
CMD ["java", "-XX:MaxRAMPercentage=75", "-jar", "/app/quarkus-run.jar"]
LABEL org.opencontainers.image.title="stock"
