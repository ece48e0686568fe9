# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

# Deno as the project pins it.
FROM denoland/deno:22.0.0 AS build
ENV DENO_DIR=/deno-dir
WORKDIR /app
# The module cache must be in the image, so it is a layer and no mount.
COPY . ./
RUN deno cache --frozen main.ts

FROM denoland/deno:22.0.0
ENV DENO_DIR=/deno-dir \
    DENO_NO_UPDATE_CHECK=1
WORKDIR /app
COPY --from=build --chown=1993:1993 /deno-dir /deno-dir
COPY --from=build --chown=1993:1993 /app ./
USER 1993:1993
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["deno", "eval", "fetch('http://127.0.0.1:8000/health').then(r=>Deno.exit(r.ok?0:1),()=>Deno.exit(1))"]
CMD ["deno", "run", "--frozen", "--allow-net", "--allow-env", "--allow-read", "--allow-sys", "main.ts"]
LABEL org.opencontainers.image.title="api"
