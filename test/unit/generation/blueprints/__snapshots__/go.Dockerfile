# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/gateway:1.0.0 .

# Go as the project pins it.
FROM golang:1.23-bookworm AS build
ENV CGO_ENABLED=0 \
    GOFLAGS="-trimpath -ldflags=-s"
WORKDIR /app
# Dependencies first: this layer changes with the manifests only.
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go mod download
COPY . ./
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -o bin/gateway ./cmd/gateway \
 && mkdir -p /out && cp bin/gateway /out/app

FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /app
# Files that the program reads at run time (templates, migrations) need a COPY of their own.
COPY --from=build /out/app /app/gateway
USER 65532:65532
EXPOSE 8080
# No HEALTHCHECK: this image has no shell and no HTTP client. Let the orchestrator probe it.
CMD ["/app/gateway", "--verbose"]
LABEL org.opencontainers.image.title="gateway"
