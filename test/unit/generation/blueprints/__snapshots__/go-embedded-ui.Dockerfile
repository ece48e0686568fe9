# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/hub:1.0.0 .

FROM node:24 AS assets-manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name package.json ! -name yarn.lock ! -name .yarnrc ! -name .npmrc ! -name '*.patch' ! -path '*/.yarn/*' -delete \
 && find . -type d -empty -delete

# The front end in ui: its tools are no part of the final image.
FROM node:24 AS assets
RUN --mount=type=cache,target=/root/.npm \
    npm install --global --force corepack@0.34 \
 && corepack enable
WORKDIR /app/ui
# Dependencies first: this layer changes with the manifests only. No scripts yet.
COPY --from=assets-manifests /app/ui ./
RUN --mount=type=cache,id=yarn,target=/usr/local/share/.cache/yarn \
    yarn install --frozen-lockfile --ignore-scripts --non-interactive
COPY . /app/
RUN --mount=type=cache,id=yarn,target=/usr/local/share/.cache/yarn \
    yarn install --frozen-lockfile --non-interactive
RUN yarn run build

# Go as the project pins it.
FROM golang:1.26-bookworm AS build
ENV CGO_ENABLED=0 \
    GOFLAGS="-trimpath -ldflags=-s"
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go mod download
COPY . ./
COPY --from=assets /app/ui/build/ /app/ui/build/
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -o bin/hub . \
 && mkdir -p /out && cp bin/hub /out/app

FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/app /app/hub
USER 65532:65532
EXPOSE 8080
# No HEALTHCHECK: this image has no shell and no HTTP client. Let the orchestrator probe it.
CMD ["/app/hub"]
LABEL org.opencontainers.image.title="hub"
