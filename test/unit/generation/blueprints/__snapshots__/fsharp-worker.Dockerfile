# syntax=docker/dockerfile:1

# Build from the project's root: docker build -f Dockerfile -t shop/api:1.0.0 .

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS manifests
WORKDIR /app
COPY . ./
RUN find . ! -type d ! -name '*.csproj' ! -name '*.fsproj' ! -name '*.sln' ! -name '*.slnx' ! -name '*.props' ! -name '*.targets' ! -name global.json ! -name packages.lock.json ! -name '[Nn]u[Gg]et.[Cc]onfig' -delete \
 && find . -type d -empty -delete

# The project pins no .NET version: 10.0 is the supported release of November 2026.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 \
    DOTNET_NOLOGO=1
WORKDIR /app
# Dependencies first: this layer changes with the project files only.
COPY --from=manifests /app ./
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet restore
COPY . ./
RUN --mount=type=cache,target=/root/.nuget/packages \
    dotnet publish --configuration Release --no-restore --output /out
RUN name=$(basename /out/*.runtimeconfig.json .runtimeconfig.json) && printf '#!/bin/sh\nexec dotnet "/app/%s.dll" "$@"\n' "$name" > /out/start && chmod 0755 /out/start

FROM mcr.microsoft.com/dotnet/runtime:10.0
ENV DOTNET_EnableDiagnostics=0
WORKDIR /app
COPY --from=build /out/ ./
USER 1654:1654
CMD ["/app/start"]
LABEL org.opencontainers.image.title="api"
